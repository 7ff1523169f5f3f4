/* Whether a handout may be printed as it stands: its review state, its dates, its clinic. */
#include "content/assembly.h"

enum { DUE_SOON_DAYS = 60 };

static void check_due(const struct assembly *assembly)
{
    const struct handout *handout = assembly->handout;
    struct date due = handout->reviewed.due, today = assembly->options->today;
    if (handout_is_due(handout, today, 0))
        diag_at(assembly->diags, assembly->options->publish ? SEVERITY_ERROR : SEVERITY_WARNING,
            handout->reviewed.due_pos, "review-overdue",
            "the review of this handout was due on %04d-%02d-%02d", due.year, due.month, due.day);
    else if (handout_is_due(handout, today, DUE_SOON_DAYS))
        diag_at(assembly->diags, SEVERITY_WARNING, handout->reviewed.due_pos, "review-due",
            "the review of this handout is due on %04d-%02d-%02d, within %d days", due.year, due.month,
            due.day, DUE_SOON_DAYS);
}

void review_check(const struct assembly *assembly)
{
    const struct handout *handout = assembly->handout;
    const struct edition *edition = assembly->edition;
    const struct clinic *clinic = &assembly->library->clinic;
    check_due(assembly);
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
