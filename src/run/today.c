#include "run/today.h"

#include <stdlib.h>
#include <time.h>

enum { TM_YEAR = 1900 };

bool today(struct date *date, const char **problem)
{
    static const size_t last_second = 253402300799; /* of the year 9999 */
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    size_t seconds;
    struct tm tm = {0};
    if (epoch && !str_to_size(str_from(epoch), last_second, &seconds)) {
        *problem = "SOURCE_DATE_EPOCH is not a number of seconds since 1970";
        return false;
    }
    time_t now = epoch ? (time_t)seconds : time(NULL);
    if (epoch)
        gmtime_r(&now, &tm);
    else
        localtime_r(&now, &tm);
    *date = (struct date){tm.tm_year + TM_YEAR, tm.tm_mon + 1, tm.tm_mday};
    return true;
}
