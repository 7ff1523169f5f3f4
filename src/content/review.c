/* Whether a handout may be printed as it stands: its review state, its dates, its clinic. */
#include "content/review.h"

#include "content/assembly.h"

#include <string.h>

enum { DUE_SOON_DAYS = 60 };

void review_dates(struct diags *diags, const struct handout *handout, const struct assemble_options *options)
{
    struct date due = handout->reviewed.due;
    if (handout_is_due(handout, options->today, 0))
        diag_at(diags, options->publish ? SEVERITY_ERROR : SEVERITY_WARNING, handout->reviewed.due_pos,
            "review-overdue", "the review of this handout was due on %04d-%02d-%02d", due.year, due.month,
            due.day);
    else if (handout_is_due(handout, options->today, DUE_SOON_DAYS))
        diag_at(diags, SEVERITY_WARNING, handout->reviewed.due_pos, "review-due",
            "the review of this handout is due on %04d-%02d-%02d, within %d days", due.year, due.month,
            due.day, DUE_SOON_DAYS);
}

bool review_is_dated(const char *code)
{
    return strcmp(code, "review-overdue") == 0 || strcmp(code, "review-due") == 0;
}

void review_check(const struct assembly *assembly)
{
    const struct handout *handout = assembly->handout;
    const struct edition *edition = assembly->edition;
    const struct clinic *clinic = &assembly->library->clinic;
    review_dates(assembly->diags, handout, assembly->options);
    if (!assembly->options->publish)
        return;
    if (edition->state == STATE_DRAFT)
        diag_at(assembly->diags, SEVERITY_ERROR,
            edition->state_pos.source ? edition->state_pos : handout->state_pos, "publish-draft",
            "a draft cannot be published (have it reviewed, then set its status to reviewed)");
    if (clinic->sample)
        diag_at(assembly->diags, SEVERITY_ERROR, clinic->sample_pos, "publish-sample",
            "a sample clinic cannot publish (fill in the profile, then set sample to false)");
}
