/* Clinical codes of a handout: is their form right? A code mistyped is found by nobody. For handout.c only.
 */
#ifndef CONTENT_CODES_H
#define CONTENT_CODES_H

#include "base/diag.h"
#include "base/str.h"

/* ICD-10-CM: a category of three characters, perhaps a point and up to four more ("M17", "M17.11"). Reports
 * each that is not [code-invalid]. */
void codes_check_icd10(struct diags *diags, const struct str *codes, const struct pos *poses, size_t count);
/* SNOMED CT identifiers of a concept: 6 to 18 digits, the last of them a Verhoeff check digit, before it the
 * partition 00 or 10 (SNOMED CT Release File Specification, §6). Reports each that is not [code-invalid]. */
void codes_check_snomed(struct diags *diags, const struct str *codes, const struct pos *poses, size_t count);

#endif
