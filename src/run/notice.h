/* Notices when files change, by the folders that hold them (inotify, Linux): an editor may save a file by
 * moving another in its place. Used by watch.c. */
#ifndef RUN_NOTICE_H
#define RUN_NOTICE_H

#include "base/arena.h"

#include <signal.h>
#include <stdbool.h>

struct notice;

/* NULL, with errno, if the system cannot do it: ENOSYS where there is no inotify. */
struct notice *notice_new(struct arena *arena);
void notice_free(struct notice *notice);

/* What a change in a folder may matter to. */
enum notice_kind {
    NOTICE_NONE,
    NOTICE_ONE, /* some handouts, by a file that is read for each */
    NOTICE_ALL  /* whatever all handouts share; so does any YAML file, and a folder that comes or goes */
};

/* Watches a folder, with `deep` also those beneath it. Hidden ones are passed over, and so is one that does
 * not exist: that above it must be watched. */
void notice_folder(struct notice *notice, const char *path, enum notice_kind kind, bool deep);
/* How many folders are watched, and whether there were any new ones since it was last asked. */
size_t notice_count(const struct notice *notice);
bool notice_grew(struct notice *notice);
/* The error number of the first folder that cannot be watched for want of room; 0: none. */
int notice_error(const struct notice *notice);

/* Waits until something has changed and all is quiet for a moment, or until a signal comes that `mask` lets
 * in (NOTICE_NONE). Not noticed: PDFs, hidden files, and files whose names end with '~'. */
enum notice_kind notice_wait(struct notice *notice, const sigset_t *mask);

#endif
