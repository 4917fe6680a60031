package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** Companies and the ERP's suppliers. */
public final class CompanyKeys {

  /** Longest name (XR-COY-04, C-01). */
  public static final Key<Integer> NAME_LENGTH =
      Key.ofConnection("companies.name-length", wholeNumber(1, 255))
          .standard("41")
          .described(
              "Longest name of a company that is exported (XR-COY-04). Xero itself takes 255; a"
                  + " longer name is refused, never cut.");

  /** What is linked without a person. */
  public static final Key<String> MATCH =
      Key.ofConnection("companies.match", oneOf("ask", "exact-name", "score"))
          .standard("ask")
          .described(
              "What happens to a company that may be a supplier of the ERP already (XR-COY-01)."
                  + " ask: a person decides. exact-name: it is linked by itself when the names are"
                  + " the same without case, accents, punctuation and legal form. score: when it"
                  + " reaches companies.match-score. Never by itself when several come into"
                  + " question.");

  /** From which score on two are probably the same. */
  public static final Key<Integer> MATCH_SCORE =
      Key.ofConnection("companies.match-score", wholeNumber(50, 100))
          .standard("90")
          .described(
              "From which score of 100 on a supplier is probably the same as a company, so that the"
                  + " company is not created a second time. './tieback companies suggest' shows"
                  + " scores with their reasons.");

  /** Which suppliers are offered to Procore. */
  public static final Key<String> IMPORT =
      Key.ofConnection("companies.import", oneOf("suppliers", "all"))
          .standard("suppliers")
          .described(
              "Which of the ERP's companies come to Procore's Ready to Import (GEN-COY-06): those"
                  + " that ever sent a bill, or all active ones.");

  /** Whether changed names go to Procore. */
  public static final Key<Boolean> PUSH_NAMES =
      Key.ofConnection("companies.push-names", trueOrFalse())
          .standard("false")
          .described(
              "Whether a linked company gets the name that its supplier has in the ERP when Procore"
                  + " refreshes its vendors. Addresses never change after linking (XR-COY-03).");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Companies",
          "Companies of Procore's Directory and the ERP's suppliers.",
          List.of(NAME_LENGTH, MATCH, MATCH_SCORE, IMPORT, PUSH_NAMES));

  private CompanyKeys() {}
}
