#include "paint/metadata.h"

#include "base/utf8.h"
#include "config/units.h"
#include "paint/icc.h"
#include "paint/syntax.h"

#ifndef HANDOUT_VERSION
#define HANDOUT_VERSION "development"
#endif

/* The information dictionary and the XMP packet must agree (ISO 19005-2, §6.6.3): both are made from this. */
struct facts {
    struct str title, author, subject, keywords, lang;
    struct str creator, producer;
    bool has_date;
    struct str date; /* "2026-11-20" */
};

static struct facts collect(const struct document *document, struct buf *producer)
{
    struct date date;
    struct facts facts = {.title = str_trim(document->title),
        .author = document->author,
        .subject = document->subject,
        .keywords = document->keywords,
        .lang = document->lang.n ? document->lang : STR("en"),
        .creator = STR("handout " HANDOUT_VERSION),
        .date = document->date};
    if (!facts.title.n)
        facts.title = document->id.n ? document->id : STR("Handout");
    facts.has_date = date_parse(document->date, &date);
    buf_printf(producer, "handout " HANDOUT_VERSION " (libharu %s)", writer_library_version());
    facts.producer = buf_slice(producer);
    return facts;
}

/* --- the information dictionary ------------------------------------------------------------------------ */

static void put_info_text(struct buf *out, const char *key, struct str text)
{
    if (!text.n)
        return;
    buf_text(out, key);
    syntax_text(out, text);
}

static void put_info_date(struct buf *out, const char *key, struct str date)
{
    buf_printf(out, "%s (D:", key);
    for (size_t i = 0; i < date.n; i++)
        if (date.p[i] != '-')
            buf_char(out, date.p[i]);
    buf_text(out, "000000Z)");
}

static void write_info(struct writer *writer, const struct facts *facts)
{
    struct buf out = {0};
    put_info_text(&out, "/Title ", facts->title);
    put_info_text(&out, " /Author ", facts->author);
    put_info_text(&out, " /Subject ", facts->subject);
    put_info_text(&out, " /Keywords ", facts->keywords);
    put_info_text(&out, " /Creator ", facts->creator);
    put_info_text(&out, " /Producer ", facts->producer);
    if (facts->has_date) {
        put_info_date(&out, " /CreationDate", facts->date);
        put_info_date(&out, " /ModDate", facts->date);
    }
    writer_set_info(writer, buf_slice(&out));
    buf_free(&out);
}

/* --- XMP ----------------------------------------------------------------------------------------------- */

/* Text as XML 1.0 takes it: markup escaped, characters that it forbids left out. */
static void put_xml(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if ((c >= ' ' || c == '\t' || c == '\n') && c != 0xFFFE && c != 0xFFFF)
            buf_str(out, str_slice(text, start, at));
    }
}

static void put_property(struct buf *out, const char *open, struct str text, const char *close)
{
    if (!text.n)
        return;
    buf_text(out, open);
    put_xml(out, text);
    buf_text(out, close);
}

static void put_dublin_core(struct buf *out, const struct facts *facts)
{
    buf_text(out, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                  "<dc:format>application/pdf</dc:format>\n");
    put_property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
        "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(out, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
        "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(out, "<dc:language><rdf:Bag><rdf:li>", facts->lang, "</rdf:li></rdf:Bag></dc:language>\n");
    struct str rest = facts->keywords;
    if (rest.n) {
        buf_text(out, "<dc:subject><rdf:Bag>");
        while (rest.n)
            put_property(out, "<rdf:li>", str_trim(str_cut(&rest, ',')), "</rdf:li>");
        buf_text(out, "</rdf:Bag></dc:subject>\n");
    }
    buf_text(out, "</rdf:Description>\n");
}

static void put_pdf_and_dates(struct buf *out, const struct facts *facts)
{
    buf_text(out, "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
    put_property(out, "<pdf:Keywords>", facts->keywords, "</pdf:Keywords>\n");
    put_property(out, "<pdf:Producer>", facts->producer, "</pdf:Producer>\n");
    buf_text(out, "</rdf:Description>\n"
                  "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
    put_property(out, "<xmp:CreatorTool>", facts->creator, "</xmp:CreatorTool>\n");
    if (facts->has_date) {
        put_property(out, "<xmp:CreateDate>", facts->date, "T00:00:00Z</xmp:CreateDate>\n");
        put_property(out, "<xmp:ModifyDate>", facts->date, "T00:00:00Z</xmp:ModifyDate>\n");
    }
    buf_text(out, "</rdf:Description>\n");
}

/* The claims, and, as PDF/A asks for every schema that it does not know, a description of PDF/UA's. */
static void put_claims(struct buf *out)
{
    buf_text(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                  "<pdfaid:part>2</pdfaid:part>\n"
                  "<pdfaid:conformance>A</pdfaid:conformance>\n"
                  "</rdf:Description>\n"
                  "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                  "<pdfuaid:part>1</pdfuaid:part>\n"
                  "</rdf:Description>\n"
                  "<rdf:Description rdf:about=\"\"\n"
                  " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                  " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
                  " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                  "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
                  "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
                  "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
                  "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaProperty:name>part</pdfaProperty:name>\n"
                  "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
                  "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                  "<pdfaProperty:description>The part of ISO 14289 that is met</pdfaProperty:description>\n"
                  "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
                  "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
                  "</rdf:Description>\n");
}

static int write_xmp(struct writer *writer, const struct facts *facts)
{
    struct buf out = {0};
    buf_text(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    put_dublin_core(&out, facts);
    put_pdf_and_dates(&out, facts);
    put_claims(&out);
    buf_text(&out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    /* Not compressed, so that tools that do not know PDF find it. */
    int object = writer_stream(writer, STR("/Type /Metadata /Subtype /XML"), buf_slice(&out), STREAM_PLAIN);
    buf_free(&out);
    return object;
}

/* --- all of it ----------------------------------------------------------------------------------------- */

static int write_profile(struct writer *writer, struct press *press)
{
    const struct str key = STR("sRGB");
    const struct kept *kept = press_find(press, key);
    if (!kept) {
        struct buf profile = {0};
        icc_put_srgb(&profile);
        kept = press_keep(press, key, buf_slice(&profile), PRESS_FAST);
        buf_free(&profile);
    }
    return writer_stream(writer, STR("/N 3"), kept->deflated, STREAM_DEFLATED);
}

/* What a window is called, and what a dialog for printing proposes (ISO 32000-1, §12.2, table 150): pages as
 * large as they are, since margins and type sizes are meant; from the tray with their paper; on both sides,
 * turned like those of a book. Half-size pages are put together by a booklet setting, which chooses scale and
 * paper; the sheet's turn is then about its short edge. */
static void put_preferences(struct buf *out, const struct pages *pages)
{
    const char *duplex = pages->n < 2    ? "Simplex"
                         : pages->folded ? "DuplexFlipShortEdge"
                                         : "DuplexFlipLongEdge";
    buf_printf(out, " /ViewerPreferences <</DisplayDocTitle true /Duplex /%s", duplex);
    if (!pages->folded)
        buf_text(out, " /PrintScaling /None /PickTrayByPDFSize true");
    buf_text(out, ">>\n");
}

void metadata_write(struct writer *writer, struct press *press, const struct document *document,
    const struct pages *pages, struct buf *catalog)
{
    struct buf producer = {0};
    const struct facts facts = collect(document, &producer);
    write_info(writer, &facts);
    int xmp = write_xmp(writer, &facts), profile = write_profile(writer, press);
    buf_printf(catalog, "/Metadata %d 0 R\n", xmp);
    buf_text(catalog, "/Lang ");
    syntax_text(catalog, facts.lang);
    put_preferences(catalog, pages);
    buf_printf(catalog,
        "/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
        "/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>]\n",
        profile);
    buf_free(&producer);
}
