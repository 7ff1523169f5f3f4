/* Syllables of known words, and the readability formulas worked out by hand. */
#include "base/buf.h"
#include "base/utf8.h"
#include "content/readability.h"
#include "content/syllable.h"
#include "content/syllable_words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* -- known words, divided as dictionaries divide them; the hyphens are not part of the words */

static const char ENGLISH_MEDICAL[] =
    "os-te-o-ar-thri-tis rheu-ma-toid ar-thri-tis ten-do-ni-tis ten-di-ni-tis ten-di-nop-a-thy car-ti-lage "
    "in-jec-tion in-jec-tions med-i-cine med-i-cines de-gen-er-a-tive meth-o-trex-ate rheu-ma-tol-o-gist "
    "rheu-ma-tol-o-gy a-ce-ta-min-o-phen i-bu-pro-fen cor-ti-co-ster-oid ster-oid ster-oids hy-a-lu-ron-ic "
    "mes-en-chy-mal au-tol-o-gous ul-tra-sound ac-u-punc-ture phys-i-o-ther-a-py Med-i-care Med-i-caid "
    "di-a-be-tes pla-ce-bo bi-o-log-ic bi-o-log-ics im-mune au-to-im-mune dis-ease dis-eas-es joint joints "
    "ten-don ten-dons lig-a-ment mus-cle mus-cles me-nis-cus in-flam-ma-tion in-flam-ma-to-ry sy-no-vi-al "
    "ver-te-bra ver-te-bral lum-bar cer-vi-cal spi-nal spine sci-at-i-ca her-ni-at-ed ste-no-sis nu-cle-us "
    "disk disks numb-ness pa-ral-y-sis blad-der bow-el os-te-o-po-ro-sis or-tho-pe-dic sur-geon sur-geons "
    "sur-ger-y sur-ger-ies sur-gi-cal an-es-the-sia an-ti-bi-ot-ic an-ti-bod-y an-ti-bod-ies al-ler-gy "
    "al-ler-gic re-ac-tion in-fec-tion sep-sis fe-ver swell-ing swol-len bruise bruis-es bleed-ing thin-ner "
    "thin-ners an-ti-co-ag-u-lant war-fa-rin na-prox-en o-pi-oid nar-cot-ic li-do-caine cor-ti-sone "
    "pred-ni-sone tri-am-cin-o-lone sul-fa-sal-a-zine a-dal-i-mu-mab plate-let plate-lets plas-ma mar-row "
    "ad-i-pose li-po-suc-tion stem cell cells cel-lu-lar ex-o-somes um-bil-i-cal am-ni-ot-ic em-bry-on-ic "
    "em-bry-o al-lo-ge-ne-ic tu-mor tu-mors can-cer ma-lig-nant preg-nan-cy preg-nant breast-feed-ing "
    "di-ag-no-sis di-ag-nose di-ag-nosed symp-tom symp-toms prog-no-sis chron-ic a-cute phy-si-cian pa-tient "
    "pa-tients nurse nurs-es clin-ic clin-i-cal hos-pi-tal e-mer-gen-cy am-bu-lance ex-er-cise ex-er-cis-es "
    "phys-i-cal ther-a-pist ther-a-py re-ha-bil-i-ta-tion splint brace brac-es o-be-si-ty o-ver-weight "
    "nu-tri-tion sup-ple-ment sup-ple-ments glu-cos-a-mine chon-droi-tin mag-net-ic im-ag-ing ar-thros-co-py "
    "re-place-ment re-place-ments pros-the-sis ab-la-tion ep-i-du-ral nerve nerves neu-rop-a-thy sei-zure "
    "stroke throm-bo-sis em-bo-lis-m short-ness breath-ing diz-zi-ness faint-ing head-ache head-aches "
    "nau-se-a "
    "vom-it-ing di-ar-rhe-a rash hives itch-ing kid-ney liv-er heart lung gout lu-pus pso-ri-at-ic "
    "pso-ri-a-sis "
    "bur-si-tis ro-ta-tor A-chil-les fas-ci-i-tis ex-per-i-men-tal ran-dom-ized con-trolled tri-al tri-als "
    "stud-y stud-ies ev-i-dence ap-proved ap-prov-al in-sur-ance cov-er-age es-ti-mate ad-min-is-tra-tion "
    "con-sent ques-tion-naire me-di-al lat-er-al il-i-ac ster-ile con-tam-i-na-tion bac-te-ri-a vi-rus "
    "hor-mone hor-mones leu-ke-mi-a a-ne-mi-a ap-ne-a cho-les-ter-ol car-di-ol-o-gist car-di-o-vas-cu-lar "
    "chi-ro-prac-tor phar-ma-cist pre-scrip-tion pre-scribed dos-age tab-let cap-sule au-dit al-bu-min";

static const char ENGLISH_COMMON[] =
    "a I the be he she we they you your eye eyes a-ble a-bout a-bove ag-o a-gain al-ways an-swer an-y "
    "an-y-one "
    "ar-e-a ar-e-as asked be-cause be-fore be-ing be-lieve bet-ter blood bod-y both-er bought busi-ness "
    "busi-ness-es called can-not care-ful care-ful-ly care-giv-er chang-es choice choic-es cli-ent cre-ate "
    "cre-at-ed dai-ly de-cide de-cid-ed does do-ing done ear-li-er eas-i-er eas-y en-joyed eve-ning "
    "eve-ry-one "
    "eve-ry eve-ry-thing ex-am-ple fif-teen fi-nal-ly flu-id for-ev-er friend friends gen-er-al give giv-en "
    "go-ing gov-ern-ment hand-led hap-pened have home-work how-ev-er hun-dred i-de-a i-de-as im-por-tant "
    "in-stead is-land lan-guage like-ly lis-tened lit-tle looked love-ly ma-chine man-age-ment may-be "
    "mead-ow "
    "me-di-a mil-lion mon-ey move-ment mu-se-um need-ed nev-er nine-ty noth-ing o-cean of-fered of-fice once "
    "one on-ly o-pin-ion ox-y-gen peo-ple per-suade pic-ture piec-es placed played play-er po-em pos-si-ble "
    "prob-lem qui-et ques-tion ra-di-o real-ly rea-son re-quire-ments right-eous ro-de-o rough safe-ly "
    "safe-ty "
    "sci-ence sci-en-tif-ic sched-ule se-ri-ous sev-er-al shoes shoul-der sim-ple sit-u-a-tion so-ci-e-ty "
    "some-one some-thing some-times spe-cial spe-cies state-ment sto-ries stopped straight strength "
    "suc-cess-ful "
    "sug-gest-ed sure ta-ble ta-bles talked taught there-fore thir-ty thought though through to-geth-er "
    "tongue tried trou-ble try try-ing twen-ty twice u-nique us-ing use-ful used u-su-al val-ue ve-hi-cle "
    "vi-o-let vol-ume waist walked want-ed wa-ter weak-ness week-ly where-as while whole with-out work world "
    "wor-ried worse wrist writ-ten year years yel-low ze-ro rhyth-m crit-i-cis-m co-op-er-ate co-or-di-nate "
    "re-in-force pre-ex-ist-ing ra-di-o-ac-tive home-own-er make-up life-time side-ways knowl-edge-a-ble";

static const char SPANISH[] =
    "ar-ti-cu-la-ción ar-ti-cu-la-cio-nes os-te-o-ar-tri-tis ar-tri-tis ar-tro-sis reu-ma-toi-de "
    "reu-ma-tó-lo-go "
    "ten-di-ni-tis ten-dón ten-do-nes cé-lu-la cé-lu-las ma-dre in-yec-ción in-yec-cio-nes me-di-ca-men-to "
    "me-di-ca-men-tos ro-di-lla co-lum-na do-lor ci-ru-gí-a dí-a dí-as a-ún aun o-ír cons-truir pa-ís viu-da "
    "ciu-dad guion se-gu-ro an-ti-güe-dad prohi-bir pro-hí-be hoy ley muy rey re-yes ye-so y bien cuer-po "
    "cuer-pos "
    "tra-ta-mien-to es-tu-dio es-tu-dios me-jo-rí-a gra-ve gra-ves san-gre hue-so hue-sos cal-cio mús-cu-lo "
    "ca-de-ra hom-bro to-bi-llo mu-ñe-ca es-pal-da cue-llo dis-co dis-cos ner-vio ner-vios fie-bre "
    "es-ca-lo-frí-os "
    "hin-cha-zón en-ro-je-ci-mien-to in-fec-ción he-mo-rra-gia mo-re-tón a-ler-gia a-lér-gi-co náu-se-as "
    "vó-mi-to "
    "dia-be-tes cán-cer tu-mor em-ba-ra-zo em-ba-ra-za-da lac-tan-cia cu-ra cu-rar prue-ba prue-bas "
    "e-vi-den-cia "
    "ries-go ries-gos be-ne-fi-cio da-ño se-gu-ri-dad ur-gen-cia e-mer-gen-cia hos-pi-tal clí-ni-ca mé-di-co "
    "mé-di-ca en-fer-me-ra pa-cien-te pa-cien-tes per-so-na gen-te ni-ño ni-ña a-ños mes se-ma-na ho-ra "
    "a-ho-ra "
    "lue-go an-tes des-pués siem-pre nun-ca to-da-ví-a tam-bién qui-zás qué quién que quie-re que-so "
    "qui-nien-tos "
    "gue-rra gui-ta-rra si-guien-te pa-gue ver-güen-za pin-güi-no lin-güís-ti-ca a-gua len-gua cual cuá-les "
    "cuan-do "
    "cua-tro nue-ve vein-te trein-ta cien mil sie-te seis o-cho bue-no bue-na pue-de pue-den sue-ño fue-ra "
    "jue-ves "
    "miér-co-les au-toin-mu-ne eu-ro-pe-o hé-ro-e ca-er le-er cre-er po-e-ta te-a-tro o-cé-a-no a-é-re-o "
    "lí-ne-a "
    "á-re-a i-de-a ma-íz ra-íz ca-í-da ba-úl re-ír son-re-ír re-ú-ne reu-nión fre-ír ve-hí-cu-lo bú-ho a-hí "
    "al-co-hol ahi-ja-do ca-ca-hue-te hue-vo hie-lo des-hie-lo ex-haus-to re-ha-bi-li-ta-ción za-na-ho-ria "
    "pa-ra-guay U-ru-guay buey huir hui in-cluir in-clui-do je-sui-ta flui-do sui-zo cui-da-do cuí-da-te "
    "a-ve-ri-guáis vi-ví-ais cons-truí-ais pa-ra-no-ia ha-wa-ia-no ma-yo yo-do a-po-yo jo-ya ra-yos ra-yo "
    "a-yu-da pro-yec-to a-diós pio rio rí-o tí-o frí-o va-cí-o Ma-rí-a far-ma-cia his-to-ria ac-tuar "
    "con-ti-nú-a "
    "ac-tú-a pun-tú-a le-í-do cre-í-do o-í-do a-ta-úd Ra-úl Luis a-cei-te pei-ne rei-na boi-na sois hay ay "
    "doy "
    "es-toy con-voy au-la cau-sa pau-sa deu-da neu-ro-na chi-i-ta co-o-pe-rar zo-o an-ti-in-fla-ma-to-rio "
    "hia-lu-ró-ni-co me-sen-qui-ma-les au-tó-lo-go car-tí-la-go de-ge-ne-ra-ti-vo cor-ti-coi-de "
    "me-to-tre-xa-to "
    "pla-que-tas mé-du-la gra-sa pla-ce-bo ex-pe-ri-men-tal es-te-roi-de con-sen-ti-mien-to a-pro-ba-do "
    "me-di-ca-re";

enum { WORD_MAX = 160 };

/* A word of a list: as it is, and as text may have it, in quotes and with soft hyphens. */
struct divided {
    char plain[WORD_MAX], dressed[WORD_MAX];
    int parts;
};

static struct divided divide(struct str word)
{
    struct divided divided = {.parts = 1};
    struct buf plain = {0}, dressed = {0};
    buf_text(&dressed, "(“");
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '-') {
            divided.parts++;
            buf_text(&dressed, "\u00AD");
        } else {
            buf_char(&plain, word.p[i]);
            buf_char(&dressed, word.p[i]);
        }
    }
    buf_text(&dressed, "”),");
    assert_true(dressed.n < WORD_MAX);
    memcpy(divided.plain, plain.p, plain.n);
    memcpy(divided.dressed, dressed.p, dressed.n);
    buf_free(&plain);
    buf_free(&dressed);
    return divided;
}

static size_t check(enum syllable_language language, const char *word, int expected)
{
    int got = syllable_count(language, str_from(word));
    if (got == expected)
        return 0;
    print_error("%s: %d, expected %d\n", word, got, expected);
    return 1;
}

static void check_divided(enum syllable_language language, const char *list, size_t at_least)
{
    struct str words = str_from(list);
    size_t count = 0, wrong = 0;
    while (words.n) {
        struct divided divided = divide(str_cut(&words, ' '));
        wrong += check(language, divided.plain, divided.parts);
        wrong += check(language, divided.dressed, divided.parts);
        count++;
    }
    assert_int_equal(wrong, 0);
    assert_true(count >= at_least);
}

static void test_english_words(void **state)
{
    (void)state;
    check_divided(SYLLABLES_ENGLISH, ENGLISH_MEDICAL, 200);
    check_divided(SYLLABLES_ENGLISH, ENGLISH_COMMON, 200);
}

static void test_spanish_words(void **state)
{
    (void)state;
    check_divided(SYLLABLES_SPANISH, SPANISH, 250);
}

/* -- words as they stand in text */

struct counted {
    const char *word;
    int syllables;
};

static void check_counted(enum syllable_language language, const struct counted *words, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += check(language, words[i].word, words[i].syllables);
    assert_int_equal(wrong, 0);
}

#define CHECK_COUNTED(language, words) check_counted((language), (words), sizeof(words) / sizeof *(words))

static void test_numerals_are_one_syllable(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"74", 1}, {"$1,150", 1}, {"$12,000.50", 1}, {"100.4°F", 1},
        {"38°C", 1}, {"1-800-FDA-1088", 1}, {"(555)", 1}, {"010-0199", 1}, {"5%", 1}, {"2018–2023", 1},
        {"120/80", 1}, {"L4-L5", 1}, {"B12", 1}, {"1st", 1}, {"5mg", 1}, {"12-month", 2}, {"6-to-8-week", 4},
        {"COVID-19", 3}, {"10–20-fold", 2}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
    static const struct counted SPANISH_WORDS[] = {
        {"1.150", 1}, {"1-800-FDA-1088", 1}, {"38°C", 1}, {"2.º", 1}};
    CHECK_COUNTED(SYLLABLES_SPANISH, SPANISH_WORDS);
}

static void test_acronyms_are_spelled_out(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"FDA", 3}, {"FDA’s", 3}, {"OA", 2}, {"RA", 2}, {"US", 2},
        {"U.S.", 2}, {"MRI", 3}, {"MRIs", 3}, {"(MRI)", 3}, {"MRI/CT", 5}, {"NIAMS", 5}, {"WWW", 9}, {"W", 3},
        {"X", 1}, {"NSAID", 2}, {"NSAIDs", 2}, {"DMARDs", 2}, {"HIPAA", 2}, {"mRNA", 4}, {"PhD", 3},
        {"DNAse", 3}, {"RNAi", 4}, {"X-ray", 2}, {"X-rays", 2}, {"T-cell", 2}, {"NOT", 1}, {"DON’T", 1},
        {"CAUTION", 2}, {"WARNING", 2}, {"IMPORTANT", 3}, {"OSTEOARTHRITIS", 6}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
    static const struct counted SPANISH_WORDS[] = {{"ADN", 3}, {"FDA", 3}, {"EE.", 2}, {"UU.", 2}, {"WWW", 3},
        {"X", 1}, {"NO", 1}, {"SIDA", 2}, {"Y", 1}};
    CHECK_COUNTED(SYLLABLES_SPANISH, SPANISH_WORDS);
}

static void test_parts_are_added_up(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"follow-up", 3}, {"and/or", 2}, {"good-faith", 2},
        {"self-care", 2}, {"anti-inflammatory", 7}, {"check\u2010up", 2}, {"MedWatch", 2}, {"MedlinePlus", 3},
        {"McDonald", 3}, {"e.g.", 2}, {"a.m.", 2}, {"Dr.", 2}, {"Mrs.", 2}, {"mg", 3}, {"etc.", 4},
        {"O’Neill", 2}, {"rock’n’roll", 3}, {"o'clock", 2}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
    static const struct counted SPANISH_WORDS[] = {
        {"rayos-X", 3}, {"y/o", 2}, {"físico-químico", 6}, {"Dr.", 2}, {"Sr.", 2}, {"O’Brien", 2}};
    CHECK_COUNTED(SYLLABLES_SPANISH, SPANISH_WORDS);
}

static void test_apostrophes(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"doctor’s", 2}, {"nurse's", 2}, {"nurse’s", 2}, {"boss’s", 2},
        {"patients’", 2}, {"she’s", 1}, {"it’s", 1}, {"there’s", 1}, {"didn’t", 2}, {"doesn't", 2},
        {"wouldn't", 2}, {"haven’t", 2}, {"isn’t", 2}, {"don’t", 1}, {"can’t", 1}, {"won't", 1}, {"I’m", 1},
        {"I'll", 1}, {"you’ll", 1}, {"it’ll", 2}, {"they’re", 1}, {"we’ve", 1}, {"should’ve", 2},
        {"you’d", 1}, {"it’d", 2}, {"every\u02BCone", 3}, {"Sjögren’s", 2}, {"‘quoted’", 2}, {"'", 0},
        {"’’’", 0}, {"s'", 1}, {"n't", 1}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
}

static void test_accents_and_other_letters(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"café", 2}, {"cafe\u0301", 2}, {"résumé", 3}, {"fiancée", 3},
        {"naïve", 2}, {"Zoë", 2}, {"CAFÉ", 4}, {"β", 1}, {"β-cell", 2}, {"ß", 1}, {"日本", 2}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
    static const struct counted SPANISH_WORDS[] = {{"di\u0301a", 2}, {"DI\u0301AS", 4}, {"CIRUGÍA", 4},
        {"CIRUGI\u0301A", 4}, {"vergu\u0308enza", 3}, {"An\u0303os", 2}, {"¿Qué?", 1}, {"¡Así!", 2},
        {"«bien»", 1}, {"Ésta", 2}, {"Lyme", 2}, {"kg", 2}};
    CHECK_COUNTED(SYLLABLES_SPANISH, SPANISH_WORDS);
}

static void test_what_is_no_word(void **state)
{
    (void)state;
    static const struct counted WORDS[] = {{"", 0}, {"-", 0}, {"—", 0}, {"…", 0}, {"•", 0}, {"$", 0},
        {"°", 0}, {"×", 0}, {"\u00AD", 0}, {"\u200B", 0}, {"\u0301", 0}, {"😀", 0}, {"\xFF", 0}, {"\xC3", 0},
        {"\"(", 0}};
    CHECK_COUNTED(SYLLABLES_ENGLISH, WORDS);
    CHECK_COUNTED(SYLLABLES_SPANISH, WORDS);
}

/* What has a letter or a digit has a syllable, and no more than characters (but W has three). */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const BITS[] = {"a", "e", "i", "y", "u", "q", "g", "h", "t", "W", "N", "'", "’", "-",
        "7", "é", "í", "ü", "\u0301", "\xE2", "ing", "es", "ed", "le", "β", "n't", "thing", "some"};
    enum { BIT_COUNT = sizeof BITS / sizeof *BITS };
    uint32_t random = 1;
    for (int round = 0; round < 50000; round++) {
        struct buf word = {0};
        buf_text(&word, "a");
        uint32_t length = round % 100 == 0 ? 200 : 6;
        for (uint32_t i = 0; i < length; i++) {
            random = random * 1664525u + 1013904223u;
            buf_text(&word, BITS[(random >> 16) % BIT_COUNT]);
        }
        char *copy = malloc(word.n); /* of its exact size, so that reading past the end is seen */
        memcpy(copy, word.p, word.n);
        struct str text = {copy, word.n};
        for (int language = SYLLABLES_ENGLISH; language <= SYLLABLES_SPANISH; language++) {
            int syllables = syllable_count((enum syllable_language)language, text);
            assert_in_range(syllables, 1, 3 * utf8_length(text));
        }
        free(copy);
        buf_free(&word);
    }
}

static void test_long_words_are_counted_in_pieces(void **state)
{
    (void)state;
    struct buf word = {0};
    for (int i = 0; i < 500; i++)
        buf_text(&word, "ba");
    assert_int_equal(syllable_count(SYLLABLES_ENGLISH, buf_slice(&word)), 500);
    assert_int_equal(syllable_count(SYLLABLES_SPANISH, buf_slice(&word)), 500);
    buf_free(&word);
}

/* -- the list of exceptions */

static void test_list_is_sorted_and_found(void **state)
{
    (void)state;
    size_t count;
    const struct syllable_word *words = syllable_words(&count);
    for (size_t i = 0; i < count; i++) {
        const char *letters = words[i].letters;
        assert_true(i == 0 || strcmp(words[i - 1].letters, letters) < 0);
        assert_int_equal(strspn(letters, "abcdefghijklmnopqrstuvwxyz"), strlen(letters));
        assert_int_equal(syllable_words_find(letters, strlen(letters)), words[i].syllables);
        assert_int_equal(check(SYLLABLES_ENGLISH, letters, words[i].syllables), 0);
    }
    assert_int_equal(syllable_words_find("ever", 4), 0);
    assert_int_equal(syllable_words_find("everyx", 5), 2); /* only the first 5 letters */
    assert_int_equal(syllable_words_find("everyx", 6), 0);
    assert_int_equal(syllable_words_find("", 0), 0);
    assert_int_equal(syllable_words_acronym("COVID", 5), 2);
    assert_int_equal(syllable_words_acronym("COVI", 4), 0);
}

/* -- formulas */

static void assert_near(double value, double expected)
{
    if (fabs(value - expected) > 0.0005)
        fail_msg("%.4f, expected %.4f", value, expected);
}

static void test_formulas(void **state)
{
    (void)state;
    /* 100 words in 8 sentences: 12.5 words each; 150 syllables: 1.5 each; 10 long words, 37.5 in 30
     * sentences. */
    struct reading reading = {.sentences = 8, .words = 100, .syllables = 150, .long_words = 10};
    assert_near(reading_grade(&reading), 6.985);             /* 4.875 + 17.7 - 15.59 */
    assert_near(reading_smog(&reading), 9.5162);             /* 1.0430 x 6.1237 + 3.1291 */
    assert_near(reading_ease(&reading), 67.2475);            /* 206.835 - 12.6875 - 126.9 */
    assert_near(reading_inflesz(&reading), 100.885);         /* 206.835 - 93.45 - 12.5 */
    assert_near(reading_fernandez_huerta(&reading), 104.09); /* 206.84 - 90 - 12.75 */

    /* Spanish: 200 words in 10 sentences, 400 syllables: 20 words a sentence, 2 syllables a word. */
    reading = (struct reading){.sentences = 10, .words = 200, .syllables = 400};
    assert_near(reading_inflesz(&reading), 62.235);         /* 206.835 - 124.6 - 20 */
    assert_near(reading_fernandez_huerta(&reading), 66.44); /* 206.84 - 120 - 20.4 */

    /* 30 sentences with 25 long words: the root is 5. */
    reading = (struct reading){.sentences = 30, .words = 300, .syllables = 420, .long_words = 25};
    assert_near(reading_smog(&reading), 8.3441); /* 5.215 + 3.1291 */
    assert_near(reading_grade(&reading), 4.83);  /* 3.9 + 16.52 - 15.59 */
    assert_near(reading_ease(&reading), 78.245); /* 206.835 - 10.15 - 118.44 */
}

static void test_formulas_at_the_edge(void **state)
{
    (void)state;
    static double (*const FORMULAS[])(const struct reading *) = {
        reading_grade, reading_smog, reading_ease, reading_inflesz, reading_fernandez_huerta};
    static const struct reading EMPTY[] = {
        {0}, {.sentences = 3}, {.words = 3, .syllables = 4, .long_words = 1}};
    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++)
        for (size_t k = 0; k < sizeof FORMULAS / sizeof *FORMULAS; k++)
            assert_true(FORMULAS[k](&EMPTY[i]) == 0);
    /* "Go!": neither is clamped. */
    struct reading shortest = {.sentences = 1, .words = 1, .syllables = 1};
    assert_near(reading_grade(&shortest), -3.4);
    assert_near(reading_smog(&shortest), 3.1291);
    assert_near(reading_ease(&shortest), 121.22);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english_words),
        cmocka_unit_test(test_spanish_words),
        cmocka_unit_test(test_numerals_are_one_syllable),
        cmocka_unit_test(test_acronyms_are_spelled_out),
        cmocka_unit_test(test_parts_are_added_up),
        cmocka_unit_test(test_apostrophes),
        cmocka_unit_test(test_accents_and_other_letters),
        cmocka_unit_test(test_what_is_no_word),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_long_words_are_counted_in_pieces),
        cmocka_unit_test(test_list_is_sorted_and_found),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test(test_formulas_at_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
