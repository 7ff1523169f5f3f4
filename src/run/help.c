#include "run/help.h"

static const char PROGRAM[] =
    "Usage: handout COMMAND [OPTION]... [OPERAND]...\n"
    "Turns Markdown sections into accessible, print-ready PDF patient handouts.\n"
    "\n"
    "Commands:\n"
    "  build [TOPIC | FILE]...  build PDFs; every topic when none is named\n"
    "  check [TOPIC | FILE]...  judge what would be printed, by the rules of check.yaml\n"
    "  list                     topics, languages, pages, grades, versions, review dates\n"
    "  new TOPIC                a new topic's files, ready to edit\n"
    "  schema KIND              what a YAML file can hold, as a JSON Schema for editors\n"
    "\n"
    "Options:\n"
    "  -h, --help     this text; 'handout COMMAND --help' for a command's options\n"
    "      --version  the version and the licence\n"
    "\n"
    "Exit status: 0 all is well, 1 a handout failed or a file is missing, 2 a mistake on\n"
    "the command line, 3 warnings were denied, 4 the machine failed (disk, memory).\n";

static const char BUILD[] =
    "Usage: handout build [OPTION]... [TOPIC | FILE]...\n"
    "Builds PDFs; every topic when none is named. TOPIC is a handout's id or an alias.\n"
    "FILE is a handout definition (.yaml) or a bare Markdown file (.md), which is built\n"
    "with defaults and marked as a draft. Pages that are hard to read are warned of, by the\n"
    "rules of 'handout check' on style and pages.\n"
    "\n"
    "What to build:\n"
    "      --root DIR         where content/, styles/ and fonts/ lie (default: this folder\n"
    "                         if it has them, else what was installed)\n"
    "  -C, --content DIR      content (default: ROOT/content)\n"
    "  -l, --lang LANG,...    languages, or 'all' (default: en)\n"
    "  -s, --style NAME,...   style sheets, by name or path (default: standard)\n"
    "      --paper letter|a4  paper size (default: as the style says)\n"
    "      --clinic FILE      clinic profile (default: clinic.yaml in the content folder)\n"
    "      --set KEY=VALUE    override a variable\n"
    "      --set-from FILE    the same from a file or '-', a KEY=VALUE a line\n"
    "      --publish          refuse drafts, a sample clinic, blanks, and passed review dates\n"
    "      --shard K/N        the K-th of N parts; 'auto': as CI or a scheduler numbers this job\n"
    "\n"
    "Where to:\n"
    "  -o, --output PATH      a folder; or a name ending in .pdf for one handout; or '-'\n"
    "                         for standard output (default: build/handouts)\n"
    "      --depfile FILE     write, for make, of which files each PDF was made\n"
    "      --dump STAGE       print a stage, document, boxes or pages, instead of building;\n"
    "                         -o names a text file then\n"
    "      --manifest FILE    write what became of every result, a line of JSON each, to FILE or\n"
    "                         '-'; 'handout schema manifest' tells what the lines hold\n"
    "\n"
    "How:\n"
    "  -j, --jobs N           workers (default: as many as there are processors, or as make's\n"
    "                         jobserver lets)\n"
    "      --timeout SECONDS  give up a handout that takes longer; 0: never (default: 60)\n"
    "      --memory MB        give up a handout that takes more; 0: never (default: 1024)\n"
    "      --force            build what is up to date, too\n"
    "      --deny warnings    warnings fail the run\n"
    "      --format FORMAT    how to report: text, json, github, sarif, or junit\n"
    "                         (default: text)\n"
    "      --progress auto|always|never\n"
    "                         how far the run is: on a terminal, and as lines in CI\n"
    "  -q, --quiet            report errors only\n"
    "  -v, --verbose          report every PDF, and why it was built\n"
    "  -h, --help             this text\n"
    "\n"
    "Exit status: 0 all was built, 1 some handout failed (the others are built), 2 a mistake\n"
    "on the command line, 3 warnings were denied, 4 the machine failed (disk, memory).\n";

static const char CHECK[] =
    "Usage: handout check [OPTION]... [TOPIC | FILE]...\n"
    "Judges what 'handout build' would print: reading grade, structure, wording, numbers,\n"
    "sources, translations, style. Every topic when none is named. Findings, and a table of\n"
    "figures for each handout, go to standard output. Rules and limits are in check.yaml in\n"
    "the content folder; handout-check(5) explains them.\n"
    "\n"
    "What to judge:\n"
    "      --root DIR         where content/, styles/ and fonts/ lie (default: this folder\n"
    "                         if it has them, else what was installed)\n"
    "  -C, --content DIR      content (default: ROOT/content)\n"
    "  -l, --lang LANG,...    languages, or 'all' (default: en)\n"
    "  -s, --style NAME,...   style sheets, by name or path (default: standard)\n"
    "      --paper letter|a4  paper size (default: as the style says)\n"
    "      --clinic FILE      clinic profile (default: clinic.yaml in the content folder)\n"
    "      --set KEY=VALUE    override a variable\n"
    "      --set-from FILE    the same from a file or '-', a KEY=VALUE a line\n"
    "      --publish          drafts, a sample clinic, blanks, passed review dates are errors\n"
    "      --shard K/N        the K-th of N parts; 'auto': as CI or a scheduler numbers this job\n"
    "\n"
    "How:\n"
    "  -j, --jobs N           workers (default: as many as there are processors, or as make's\n"
    "                         jobserver lets)\n"
    "      --timeout SECONDS  give up a handout that takes longer; 0: never (default: 60)\n"
    "      --memory MB        give up a handout that takes more; 0: never (default: 1024)\n"
    "      --deny warnings    warnings fail the run\n"
    "      --format FORMAT    how to report: text, json, github, sarif, or junit\n"
    "                         (default: text)\n"
    "      --progress auto|always|never\n"
    "                         how far the run is: on a terminal, and as lines in CI\n"
    "  -q, --quiet            report errors only, and no figures\n"
    "  -v, --verbose          no effect: all is reported anyway\n"
    "  -h, --help             this text\n"
    "\n"
    "Exit status: 0 no errors, 1 errors, an unknown topic, or a missing file, 2 a mistake on\n"
    "the command line, 3 warnings were denied, 4 the machine failed (disk, memory).\n";

static const char LIST[] =
    "Usage: handout list [OPTION]...\n"
    "Lists the topics with their languages, pages, reading grades, versions, review states,\n"
    "and review dates. The pages are those of the standard style; the grade is the\n"
    "Flesch-Kincaid grade without the unavoidable terms, for Spanish the INFLESZ score. Both\n"
    "have a value for each language; '-' stands for what cannot be built, or is not known.\n"
    "\n"
    "Options:\n"
    "      --root DIR     where content/, styles/ and fonts/ lie (default: this folder if it\n"
    "                     has them, else what was installed)\n"
    "  -C, --content DIR  content (default: ROOT/content)\n"
    "      --clinic FILE  clinic profile (default: clinic.yaml in the content folder)\n"
    "  -q, --quiet        report errors only\n"
    "  -v, --verbose      say which folder is listed\n"
    "  -h, --help         this text\n";

static const char NEW[] =
    "Usage: handout new [OPTION]... TOPIC\n"
    "Makes the files of a new topic, ready to edit: its definition in handouts/ and its\n"
    "English sections. Files that exist are never touched.\n"
    "TOPIC is lower-case letters, digits, and hyphens: 'frozen-shoulder'.\n"
    "\n"
    "Options:\n"
    "      --root DIR     where content/, styles/ and fonts/ lie (default: this folder)\n"
    "  -C, --content DIR  content (default: ROOT/content)\n"
    "  -q, --quiet        do not list the files that were made\n"
    "  -v, --verbose      no effect: the files are listed anyway\n"
    "  -h, --help         this text\n";

static const char SCHEMA[] =
    "Usage: handout schema [OPTION]... KIND\n"
    "Prints the JSON Schema of a kind of YAML file, with which editors complete and check\n"
    "such files as they are written, or of a report for machines. KIND is one of\n"
    "  style     styles/NAME.yaml\n"
    "  handout   content/handouts/TOPIC.yaml\n"
    "  clinic    content/clinic.yaml\n"
    "  fonts     fonts/fonts.yaml\n"
    "  sources   content/sources.yaml\n"
    "  glossary  content/LANG/glossary.yaml\n"
    "  words     content/LANG/words.yaml\n"
    "  check     content/check.yaml\n"
    "  lexicon   content/LANG/check.yaml\n"
    "  report    a line of what --format json reports\n"
    "  manifest  a line of what --manifest writes\n"
    "An editor that runs yaml-language-server finds a schema by the first line of a file:\n"
    "  # yaml-language-server: $schema=style.schema.json\n"
    "\n"
    "Options:\n"
    "  -q, --quiet    no effect: nothing but the schema is printed\n"
    "  -v, --verbose  no effect\n"
    "  -h, --help     this text\n";

const char *help_text(enum command command)
{
    switch (command) {
    case COMMAND_BUILD: return BUILD;
    case COMMAND_CHECK: return CHECK;
    case COMMAND_LIST: return LIST;
    case COMMAND_NEW: return NEW;
    case COMMAND_SCHEMA: return SCHEMA;
    case COMMAND_NONE: break;
    }
    return PROGRAM;
}

const char *version_text(void)
{
    return "handout " HANDOUT_VERSION "\n"
           "Copyright (c) 2026 The handout authors. MIT licence; no warranty.\n"
           "The fonts that are embedded are under the SIL Open Font License 1.1.\n";
}
