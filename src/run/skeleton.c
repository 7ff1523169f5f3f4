#include "run/skeleton.h"

static const struct skeleton_section SECTIONS[] = {
    {"summary", "in-short.md", NULL,
        "# In short\n"
        "\n"
        "<!-- What a reader must know, in about 60 words: what they have, that they can try this, stay with "
        "usual\n"
        "     care, or wait; that it is not FDA approved; what the best study found. -->\n"
        "\n"
        "- To be written: you have {title}. You can try this cell injection (stem cell therapy), stay with\n"
        "  usual care, or wait.\n"
        "- The Food and Drug Administration (FDA) has not approved it. It is still being studied.\n"
        "- To be written: what the best study found.\n"
        "- **Try usual care first. Take your time.**\n"},
    {"condition", "what-it-is.md", NULL,
        "# What is {title}?\n"
        "\n"
        "<!-- What it is, what it feels like, what it makes hard in daily life. Short words; explain each\n"
        "     medical one where it first stands: cartilage (a smooth cover on the bone ends). -->\n"
        "\n"
        "To be written.\n"},
    {"usual-care", "usual-care.md", NULL,
        "# Usual care comes first\n"
        "\n"
        "<!-- A row for each choice, also for doing nothing. Cite every figure: [@id], where id is an entry "
        "of\n"
        "     content/sources.yaml. -->\n"
        "\n"
        "| Choice | What it may do | What to know |\n"
        "|---|---|---|\n"
        "| To be written | To be written | To be written |\n"
        "| This cell injection | To be written | Not FDA approved. You pay. |\n"
        "| No treatment now | To be written | You can choose later. |\n"},
    {"treatment", "what-the-treatment-is.md", "what-the-treatment-is.md",
        "# What the treatment tries to do\n"
        "\n"
        "<!-- What is done, with which cells, and what it is hoped to do. No promises. -->\n"
        "\n"
        "To be written.\n"},
    {"evidence", "evidence.md", NULL,
        "# What the evidence says\n"
        "\n"
        "<!-- Who was studied, how many, for how long, compared with what. Natural frequencies with one\n"
        "     denominator: about 40 of 100 were better, and 60 of 100 were not. Then what nobody knows. -->\n"
        "\n"
        "**What we know.** To be written.\n"
        "\n"
        "**What we do not know.** To be written.\n"},
    {"exclusions", "who-should-not.md", "who-should-not.md",
        "# Who should not have it\n"
        "\n"
        "<!-- A list of at most seven. -->\n"
        "\n"
        "- To be written.\n"},
    {"visit", "your-visit.md", "your-visit.md",
        "# Your visit and after\n"
        "\n"
        "<!-- Step by step: before, during, after. {{clinic.phone.day}} prints the clinic's number, or a "
        "blank. -->\n"
        "\n"
        "1. **Before:** To be written.\n"
        "2. **On the day:** To be written.\n"
        "3. **After:** To be written.\n"},
    {"warnings", "warning-signs.md", "warning-signs.md",
        "# Warning signs\n"
        "\n"
        "<!-- Three tiers: CAUTION = call 911, WARNING = emergency room now, IMPORTANT = call us today. -->\n"
        "\n"
        "> [!CAUTION] Call 911\n"
        "> - To be written.\n"
        "\n"
        "> [!WARNING] Go to an emergency room now\n"
        "> - To be written.\n"
        "\n"
        "> [!IMPORTANT] Call us today\n"
        "> Day: {{clinic.phone.day}} After hours: {{clinic.phone.after-hours}}\n"
        ">\n"
        "> - To be written.\n"},
    {"questions", "questions.md", NULL,
        "# Questions to ask\n"
        "\n"
        "<!-- At least five, then lines to write on. -->\n"
        "\n"
        "- [ ] To be written?\n"
        "- [ ] How much relief can I expect, and by when?\n"
        "- [ ] Where do the cells come from, and who tests them for germs?\n"
        "- [ ] If I am harmed, who treats me and who pays?\n"
        "- [ ] What is the full price, with repeats?\n"
        "\n"
        "What matters most to me, and my own questions:\n"
        "\n"
        "```lines 4\n"
        "```\n"},
    {0}};

const struct skeleton_section *skeleton_sections(void)
{
    return SECTIONS;
}

/* The id in words: "frozen shoulder". */
static void put_title(struct buf *out, struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        buf_char(out, id.p[i] == '-' ? ' ' : id.p[i]);
}

void skeleton_definition(struct buf *out, struct str id, struct date today, const bool *use_shared)
{
    buf_printf(out,
        "id: %.*s\n"
        "aliases: []                  # short names for the command line: [fs]\n"
        "codes:\n"
        "  icd-10-cm: []              # [M75]\n"
        "  snomed-ct: []\n"
        "version: \"0.1\"\n"
        "updated: %04d-%02d-%02d          # the document's date: change it with the text\n"
        "status: draft                # reviewed, once a clinician has reviewed it\n"
        "reviewed:                    # empty while draft\n"
        "  by: \"\"\n"
        "  on: \"\"\n"
        "  due: \"\"                    # when it must be reviewed again\n"
        "languages:\n"
        "  en:\n"
        "    title: ",
        STR_FMT(id), today.year, today.month, today.day);
    size_t start = out->n;
    put_title(out, id);
    if (out->p[start] >= 'a' && out->p[start] <= 'z')
        out->p[start] = (char)(out->p[start] - 'a' + 'A');
    buf_text(out,
        "\n"
        "    purpose: What it is, what is known, and what to ask before you decide.\n"
        "    sections:                # the standard page (shared/risks-and-cost.md) follows by itself\n");
    for (size_t i = 0; SECTIONS[i].role; i++) {
        buf_printf(out, "      - {role: %s, file: ", SECTIONS[i].role);
        if (use_shared[i])
            buf_printf(out, "shared/%s}\n", SECTIONS[i].shared);
        else
            buf_printf(out, "%.*s/%s}\n", STR_FMT(id), SECTIONS[i].file);
    }
}

void skeleton_text(struct buf *out, const struct skeleton_section *section, struct str id)
{
    struct str text = str_from(section->text);
    size_t at = str_find(text, "{title}", 0);
    buf_str(out, str_slice(text, 0, at));
    if (at == SIZE_MAX)
        return;
    put_title(out, id);
    buf_str(out, str_slice(text, at + STR("{title}").n, text.n));
}
