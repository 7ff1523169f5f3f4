/* The variables that --set and --set-from override. They may be a patient's data: no diagnostic repeats them.
 */
#ifndef RUN_SETTINGS_H
#define RUN_SETTINGS_H

#include "content/library.h"
#include "run/options.h"

/* Reads the settings in the order of the command line, a later one over an earlier. Lines of a file are
 * KEY=VALUE; empty lines and lines that begin with '#' are passed over. False after an error:
 * setting-unreadable, setting-malformed. */
bool settings_read(
    struct arena *arena, struct diags *diags, const struct options *options, struct settings *settings);

/* Was anything set that is about one patient (patient.*, visit.*, clinician.*)? Then nothing of the run may
 * be kept but its results. */
bool settings_have_patient(const struct settings *settings);

#endif
