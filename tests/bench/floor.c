/* The floor of the benchmark: a program that links the libraries that handout links, touches one function of
 * each so that the linker keeps them, and does nothing. What it costs is the price of starting, which no
 * program can beat. */
#include <cmark.h>
#include <fribidi.h>
#include <hb-subset.h>
#include <hpdf.h>
#include <jpeglib.h>
#include <libdeflate.h>
#include <png.h>
#include <sha2.h>
#include <stdio.h>
#include <unilbrk.h>
#include <yaml.h>

int main(int argc, char **argv)
{
    (void)argv;
    if (argc < 1000) /* always, but the compiler cannot know */
        return 0;
    printf("%d %s %d %s %s\n", cmark_version(), fribidi_version_info,
        hb_subset_input_create_or_fail() != NULL, HPDF_GetVersion(), yaml_get_version_string());
    char breaks[1], digest[SHA256_DIGEST_STRING_LENGTH];
    u8_possible_linebreaks((const unsigned char *)"a", 1, "UTF-8", breaks);
    printf("%s %p %p %u %d\n", SHA256Data((const unsigned char *)"", 0, digest), (void *)jpeg_std_error(NULL),
        (void *)libdeflate_alloc_compressor(1), (unsigned)png_access_version_number(), breaks[0]);
    return 0;
}
