import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Asks veraPDF whether PDFs keep PDF/UA-1 and PDF/A-2a. A line for each file and standard: PASS, FAIL (with the rules
 * that are broken), or ERROR. Exit status 0: all pass; 1: some fail; 2: some could not be judged.
 */
public final class Conformance {
    private static final List<PDFAFlavour> STANDARDS = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);
    private static final int EXAMPLES = 3;

    public static void main(String[] files) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        int worst = files.length == 0 ? 2 : 0;
        for (String file : files)
            for (PDFAFlavour standard : STANDARDS)
                worst = Math.max(worst, judge(file, standard));
        System.exit(worst);
    }

    private static int judge(String file, PDFAFlavour standard) {
        String name = standard.getId() + " " + file;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), standard);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, EXAMPLES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.getTotalAssertions() == 0 || !"NORMAL".equalsIgnoreCase(String.valueOf(result.getJobEndStatus()))) {
                System.out.println("ERROR " + name + ": no complete check");
                return 2;
            }
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " (" + result.getTotalAssertions() + " checks)");
            if (result.isCompliant())
                return 0;
            explain(result);
            return 1;
        } catch (Exception | LinkageError e) {
            System.out.println("ERROR " + name + ": " + e);
            return 2;
        }
    }

    private static void explain(ValidationResult result) {
        for (Map.Entry<RuleId, Integer> rule : result.getFailedChecks().entrySet()) {
            System.out.println("  clause " + rule.getKey().getClause() + " test " + rule.getKey().getTestNumber()
                + ", " + rule.getValue() + " times");
            result.getTestAssertions().stream()
                .filter(a -> a.getStatus() == TestAssertion.Status.FAILED && a.getRuleId().equals(rule.getKey()))
                .limit(EXAMPLES)
                .forEach(a -> System.out.println("    " + a.getMessage() + "\n      at "
                    + (a.getLocation() == null ? "?" : a.getLocation().getContext())));
        }
    }
}
