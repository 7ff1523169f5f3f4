#include "layout/para_break.h"

#include "base/utf8.h"
#include "layout/bonds.h"
#include "layout/breaks.h"

#include <math.h>
#include <string.h>

static const double TOLERANCE = 0.01; /* points that a line may be over without being called so */

/* What lines cost. The unit is a line that is 10 % of the width off an even fill. */
static const double COST_BOND = 0.01;         /* for each step of enum bond */
static const double COST_FIXED = 1e4;         /* a bond that holds as long as the line can be set otherwise */
static const double COST_BROKEN_WORD = 1e6;   /* when nothing else helps */
static const double COST_LINE = 6;            /* evenness does not buy more lines */
static const double COST_SHORT_WORD = 7;      /* a last line of one word under five letters */
static const double COST_LAST_WORD = 2;       /* of one longer word */
static const double COST_SHORT_LAST = 1;      /* of some words that fill next to nothing */
static const double COST_SAME_WORD = 1.5;     /* two lines that begin, or end, with the same word */
static const double COST_DIP = 1;             /* a line much shorter than both its neighbors */
static const double HEADING_BONDS = 10;       /* times as much: a heading is broken where its sense is */
static const double COST_BALANCED_LINE = 300; /* headings: as few lines as can be, then all alike */

/* Lines that all aim for the whole width can only be uneven: the ideal is a little under it. */
static const double IDEAL = 0.95;
static const double MUCH_SHORTER = 0.12; /* of the width */
static const double SHORT_LAST = 0.18;   /* of the width */

/* A place where a line may end, and the next begin. */
struct stop {
    double start, end;      /* widths of all pieces before the next line; and without the spaces between */
    double cost;            /* of ending a line here, whatever the line */
    uint32_t piece;         /* the first one behind it */
    uint32_t spaces, inner; /* how many there are before the next line; and without those between */
    uint32_t before, after; /* the words on both sides, as numbers; 0 = none */
    bool must;
};

/* The lines that end at a stop. */
struct arrival {
    uint32_t state_count;
    size_t first_state;
    double least; /* what the cheapest of them costs */
};

/* A line that ends at a stop, at the end of the cheapest lines before it. What may follow is the cheaper or
 * dearer for two things alone: how wide it is, and whether it is much shorter than the line before it. */
struct state {
    double cost;
    size_t previous; /* the state of the line before it */
    uint32_t from;   /* the stop where it begins */
    bool falls;
};

struct search {
    struct arena *arena;
    const struct para *para;
    double width;
    const struct stop *stops; /* the first one is the paragraph's start */
    size_t stop_count;
    struct arrival *arrivals; /* by stop */
    VEC(struct state) states;
};

/* ---- The stops ---- */

static bool is_blank(const struct piece *piece)
{
    return piece->kind == PIECE_SPACE || piece->kind == PIECE_BREAK;
}

/* The letters of a piece that is a word, or nothing. */
static struct str letters_of(const struct piece *piece)
{
    if (piece->kind != PIECE_WORD)
        return STR("");
    struct str word = piece->word->text;
    while (word.n && ascii_is_punct(word.p[0]))
        word = str_slice(word, 1, word.n);
    while (word.n && ascii_is_punct(word.p[word.n - 1]))
        word.n--;
    return word;
}

/* A number for a word, whatever the case of its ASCII letters (FNV-1a). */
static uint32_t number_of(const struct piece *piece)
{
    const uint32_t basis = 2166136261u, prime = 16777619u;
    struct str word = letters_of(piece);
    uint32_t hash = basis;
    for (size_t i = 0; i < word.n; i++)
        hash = (hash ^ (unsigned char)ascii_lower(word.p[i])) * prime;
    return word.n ? hash : 0;
}

static double stop_cost(const struct piece *piece)
{
    if (piece->may_break == BREAK_WORD)
        return COST_BROKEN_WORD;
    if (piece->may_break == BREAK_MUST)
        return 0;
    return piece->bond == BOND_FIXED ? COST_FIXED : piece->bond * COST_BOND;
}

/* Adds the stop behind piece `at`. Two that nothing with a width parts are one, at the better place: so text
 * that is made of places to break cannot make the search endless. */
static void add_stop(struct stop *stops, size_t *count, struct stop stop)
{
    struct stop *last = &stops[*count - 1];
    bool same = stop.end - last->start <= 0 && !last->must && *count > 1;
    if (!same)
        stops[(*count)++] = stop;
    else if (stop.must || stop.cost <= last->cost)
        *last = stop;
}

static struct stop *find_stops(struct arena *arena, const struct para *para, size_t *count)
{
    size_t n = para->pieces.n;
    uint32_t spaces = 0, inner = 0;
    double sum = 0, end = 0;
    const struct piece *shown = NULL; /* the last one that shows */
    size_t most = 2;
    for (size_t i = 0; i < n; i++)
        most += para->pieces.at[i].may_break != BREAK_NO;
    struct stop *stops = ARENA_ARRAY(arena, struct stop, most);
    stops[0] = (struct stop){.after = number_of(para->pieces.at)};
    *count = 1;
    for (size_t i = 0; i < n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        sum += piece->width;
        spaces += piece->kind == PIECE_SPACE;
        if (!is_blank(piece)) {
            end = sum;
            inner = spaces;
            shown = piece;
        }
        bool must = piece->may_break == BREAK_MUST || i + 1 == n;
        if (!must && piece->may_break == BREAK_NO)
            continue;
        add_stop(stops, count,
            (struct stop){.piece = (uint32_t)(i + 1),
                .start = sum,
                .end = end,
                .spaces = spaces,
                .inner = inner,
                .cost = stop_cost(piece),
                .before = shown ? number_of(shown) : 0,
                .after = i + 1 < n ? number_of(&para->pieces.at[i + 1]) : 0,
                .must = must});
    }
    return stops;
}

/* The stops of a paragraph that is kept are found once. */
static void take_stops(struct search *search)
{
    const struct para *para = search->para;
    struct cut *cut = para->cut;
    if (cut && cut->stops) {
        search->stops = cut->stops;
        search->stop_count = cut->stop_count;
        return;
    }
    struct stop *stops =
        find_stops(cut ? shaper_arena(para->shaper) : search->arena, para, &search->stop_count);
    search->stops = stops;
    if (cut) {
        cut->stops = stops;
        cut->stop_count = search->stop_count;
    }
}

static double line_width(const struct stop *from, const struct stop *to)
{
    return to->end > from->start ? to->end - from->start : 0;
}

/* Is there no line right before? */
static bool begins_anew(const struct stop *from)
{
    return from->must || from->piece == 0;
}

/* ---- What lines cost ---- */

/* A last line may be short, but not just a short word. */
static double last_line_cost(
    const struct search *search, const struct stop *from, const struct stop *to, double filled)
{
    enum { SHORT_WORD = 5 };
    const struct piece *last = &search->para->pieces.at[to->piece - 1];
    bool one_word = to->inner == from->spaces;
    double shortness = fmax(0, 1 - filled / SHORT_LAST);
    while (one_word && is_blank(last) && last > search->para->pieces.at)
        last--;
    if (one_word && utf8_length(letters_of(last)) < SHORT_WORD)
        return COST_SHORT_WORD;
    return one_word ? COST_LAST_WORD : COST_SHORT_LAST * shortness;
}

/* How uneven a line makes the paragraph. */
static double raggedness(const struct search *search, const struct stop *to, double filled)
{
    if (search->para->balanced) /* the squares of a given sum are least when they are equal */
        return COST_BALANCED_LINE + filled * filled * 100;
    return COST_LINE + (to->must ? 0 : (IDEAL - filled) * (IDEAL - filled) * 100);
}

/* All else that a line costs. */
static double demerits(
    const struct search *search, const struct stop *from, const struct stop *to, double filled)
{
    bool first = begins_anew(from);
    double cost = 0;
    if (search->para->balanced)
        return cost;
    if (to->must && !first)
        cost += last_line_cost(search, from, to, filled);
    if (!to->must && to->after && from->after == to->after)
        cost += COST_SAME_WORD;
    if (!first && to->before && from->before == to->before)
        cost += COST_SAME_WORD;
    return cost;
}

/* ---- The search ---- */

/* How much more the lines behind a stop can cost for one line that ends there than for another: one dip. It
 * is the bottom of a dip itself, or what follows falls from it, but not both. Nobody looks at that where
 * words are broken. */
static double most_difference(const struct search *search)
{
    return search->para->broken ? 0 : COST_DIP;
}

/* The cheapest lines that end with the one from stop `first` to stop `last`: one state, or two if both might
 * lead to the cheapest whole; none if others are so much cheaper that it cannot. */
static void add_states(struct search *search, size_t first, size_t last)
{
    const struct stop *from = &search->stops[first], *to = &search->stops[last];
    const struct arrival *begun = &search->arrivals[first];
    struct arrival *arrival = &search->arrivals[last];
    double width = line_width(from, to), filled = width / search->width;
    double much = MUCH_SHORTER * search->width;
    double cost = to->cost * (search->para->balanced ? HEADING_BONDS : 1) + raggedness(search, to, filled);
    if (!begun->state_count || begun->least + cost > arrival->least + most_difference(search))
        return;
    cost += demerits(search, from, to, filled);
    struct state best[2] = {{.cost = INFINITY}, {.cost = INFINITY}};
    for (size_t i = 0; i < begun->state_count; i++) {
        size_t index = begun->first_state + i;
        const struct state *before = &search->states.at[index];
        double width_before = begins_anew(from) ? width : line_width(&search->stops[before->from], from);
        bool falls = width < width_before - much;
        bool dip = before->falls && width_before < width - much;
        double total = before->cost + cost + (dip ? COST_DIP : 0);
        if (total < best[falls].cost)
            best[falls] =
                (struct state){.cost = total, .previous = index, .from = (uint32_t)first, .falls = falls};
    }
    for (size_t i = 0; i < 2; i++) {
        if (isinf(best[i].cost))
            continue;
        if (best[i].cost < arrival->least)
            arrival->least = best[i].cost;
        vec_push(search->arena, &search->states, best[i]);
    }
}

/* Drops the states of a stop that cannot be part of the cheapest whole. Behind a hard break nothing depends
 * on the line before it: the cheapest is enough. */
static void prune(struct search *search, const struct stop *stop, struct arrival *arrival)
{
    struct state *states = search->states.at;
    size_t kept = arrival->first_state;
    for (size_t i = kept; i < search->states.n; i++) {
        bool one_is_enough = stop->must || search->para->broken;
        bool good = one_is_enough ? states[i].cost <= arrival->least && kept == arrival->first_state
                                  : states[i].cost <= arrival->least + COST_DIP;
        if (good)
            states[kept++] = states[i];
    }
    search->states.n = kept;
    arrival->state_count = (uint32_t)(kept - arrival->first_state);
    if (stop->must && arrival->state_count)
        states[arrival->first_state].falls = false;
}

static bool find_lines(struct search *search)
{
    const struct stop *stops = search->stops;
    struct arrival *arrivals = ARENA_ARRAY(search->arena, struct arrival, search->stop_count);
    size_t first = 0; /* the earliest start of a line that may still matter */
    search->arrivals = arrivals;
    search->states.cap = 2 * search->stop_count; /* most stops have one or two */
    search->states.at = ARENA_ARRAY(search->arena, struct state, search->states.cap);
    vec_push(search->arena, &search->states, (struct state){0});
    arrivals[0].state_count = 1;
    for (size_t to = 1; to < search->stop_count; to++) {
        arrivals[to].first_state = search->states.n;
        arrivals[to].least = INFINITY;
        while (first < to && line_width(&stops[first], &stops[to]) > search->width + TOLERANCE)
            first++;
        for (size_t from = first; from < to; from++)
            add_states(search, from, to);
        prune(search, &stops[to], &arrivals[to]);
        if (!stops[to].must)
            continue;
        if (!arrivals[to].state_count)
            return false;
        first = to;
    }
    return true;
}

/* Follows the cheapest lines back from the last stop, which has one state. */
static void collect(const struct search *search, struct arena *arena, struct line_ends *ends)
{
    const struct state *states = search->states.at, *last = &states[search->states.n - 1];
    const struct state *state = last;
    for (ends->n = 1; state->from; ends->n++)
        state = &states[state->previous];
    ends->at = ARENA_ARRAY(arena, size_t, ends->n);
    state = last;
    size_t stop = search->stop_count - 1;
    for (size_t i = ends->n; i > 0; state = &states[state->previous]) {
        ends->at[--i] = search->stops[stop].piece;
        stop = state->from;
    }
}

/* Most paragraphs of a handout need no search: they are one line. */
static bool is_one_line(const struct para *para, double width)
{
    double sum = 0;
    for (size_t i = 0; i < para->pieces.n; i++) {
        const struct piece *piece = &para->pieces.at[i];
        sum += piece->width;
        bool over = !is_blank(piece) && sum > width + TOLERANCE;
        if (over || (piece->may_break == BREAK_MUST && i + 1 < para->pieces.n))
            return false;
    }
    return true;
}

/* Chooses the lines; what they are goes into `arena`. */
static bool choose_lines(const struct para *para, double width, struct arena *arena, struct line_ends *ends)
{
    if (is_one_line(para, width)) {
        *ends = (struct line_ends){ARENA_NEW(arena, size_t), 1};
        ends->at[0] = para->pieces.n;
        return true;
    }
    struct search search = {.arena = shaper_scratch(para->shaper), .para = para, .width = width};
    take_stops(&search);
    bool found = find_lines(&search);
    if (found)
        collect(&search, arena, ends);
    arena_rewind(search.arena);
    return found;
}

bool para_break(const struct para *para, double width, struct line_ends *ends)
{
    struct cut *cut = para->cut;
    *ends = (struct line_ends){0};
    if (!para->pieces.n)
        return true;
    if (!cut)
        return choose_lines(para, width, para->arena, ends);
    for (size_t i = 0; i < KEPT_ENDS; i++) {
        const struct broken *broken = &cut->broken[i];
        if (broken->ends.n && broken->width == width && broken->balanced == para->balanced) {
            *ends = broken->ends;
            return true;
        }
    }
    if (!choose_lines(para, width, shaper_arena(para->shaper), ends))
        return false;
    memmove(&cut->broken[1], &cut->broken[0], (KEPT_ENDS - 1) * sizeof *cut->broken);
    cut->broken[0] = (struct broken){width, para->balanced, *ends};
    return true;
}
