package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.AccountRules;
import io.tieback.construction.CodePair;
import io.tieback.construction.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Whether a cost code with its cost type can become an item. Pure; all findings at once. */
public final class CostItemChecks {

  private static final String CODE = "Cost code ";

  private CostItemChecks() {}

  /** Every rule. */
  public static List<Finding> check(CodePair pair, CostItemContext context) {
    List<Finding> findings = new ArrayList<>();
    code(pair, context, findings::add);
    sameCode(pair, findings::add);
    name(pair, context, findings::add);
    if (context.there()) {
      existing(pair, context, findings::add);
    } else {
      ceiling(context, findings::add);
      accounts(pair, context, findings::add);
    }
    return findings;
  }

  /** XR-WBS-01 and TB-WBS-03: what the joined code may be. */
  static void code(CodePair pair, CostItemContext context, Consumer<Finding> findings) {
    int most = context.lengths().code();
    if (pair.joined().length() > most) {
      findings.accept(
          refuse(
              "XR-WBS-01",
              CODE + pair.joined(),
              pair.joined().length() + " characters together with its cost type " + pair.type(),
              "at most " + most + " in " + context.erpName(),
              "Shorten the cost code or the cost type's code in Procore, then send the project"
                  + " again"));
    }
    characters(pair.joined(), findings);
  }

  private static void characters(String code, Consumer<Finding> findings) {
    if (!code.equals(Names.tidy(code)) || code.chars().anyMatch(Character::isISOControl)) {
      findings.accept(
          refuse(
              "TB-WBS-03",
              CODE + code,
              "blanks at an end, several in a row, or characters that do not show",
              "a code has none of these",
              "Correct the code in Procore and send it again"));
    }
  }

  /**
   * A standard cost code, which has no cost type yet: it has to fit with the longest (XR-WBS-01).
   *
   * @param together characters that it has together with the longest cost type
   */
  public static List<Finding> standardCode(String code, int together, int longest, String erpName) {
    List<Finding> findings = new ArrayList<>();
    if (code.isBlank()) {
      findings.add(
          refuse(
              "TB-WBS-03",
              "Standard cost code",
              "empty",
              "a code has at least one character",
              "Give the standard cost code a code in Procore and send it again"));
    } else if (together > longest) {
      findings.add(
          refuse(
              "XR-WBS-01",
              "Standard cost code " + code,
              code.length() + " characters, " + together + " together with the longest cost type",
              "at most " + longest + " in " + erpName,
              "Shorten the code in Procore and send it again"));
    }
    if (!code.isBlank()) {
      characters(code, findings::add);
    }
    return findings;
  }

  /** TB-WBS-02: two pairs that give one code would share one item unseen. */
  static void sameCode(CodePair pair, Consumer<Finding> findings) {
    if (pair.sameAs() != null) {
      findings.accept(
          refuse(
              "TB-WBS-02",
              CODE + pair.joined(),
              pair.code() + " with type " + pair.type() + " and " + pair.sameAs() + " both give it",
              "each cost code and cost type has an item of its own",
              "Change one of the codes in Procore, or item-code.format so that they differ"));
    }
  }

  /** XR-WBS-08 by TB-WBS-01: the name is cut by a visible rule, or refused. */
  static void name(CodePair pair, CostItemContext context, Consumer<Finding> findings) {
    String whole = pair.wholeName(context.nameForm());
    int most = context.lengths().name();
    String field = "Name of cost code " + pair.joined();
    if (whole.length() > context.lengths().description()) {
      findings.accept(
          refuse(
              "XR-WBS-08",
              field,
              whole.length() + " characters",
              "at most " + context.lengths().description() + ", even for the description",
              "Shorten the name in Procore, then send the project again"));
    } else if (whole.length() > most && !context.cutsNames()) {
      findings.accept(
          refuse(
              "XR-WBS-08",
              field,
              "'" + whole + "' has " + whole.length() + " characters",
              "at most " + most + " in " + context.erpName(),
              "Shorten the name in Procore, or set work-breakdown.long-names to cut"));
    } else if (whole.length() > most) {
      findings.accept(
          warn(
              "TB-WBS-01",
              field,
              "'" + whole + "' has " + whole.length() + " characters",
              "at most " + most + " in " + context.erpName(),
              "It is called '"
                  + Names.ofItem(context.nameForm(), pair.codeName(), pair.typeName(), most)
                  + "' there, and the whole name is its description"));
    }
  }

  /** XR-WBS-06: an item that somebody else made is not taken over unasked, and never changed. */
  static void existing(CodePair pair, CostItemContext context, Consumer<Finding> findings) {
    if (context.usesThere()) {
      findings.accept(
          warn(
              "XR-WBS-06",
              CODE + pair.joined(),
              context.erpName() + " has an item of this code already",
              "it is linked, and nothing of it is changed",
              "Look whether it means the same"));
    } else {
      findings.accept(
          refuse(
              "XR-WBS-06",
              CODE + pair.joined(),
              context.erpName() + " has an item of this code already, which Tieback did not make",
              "items of others are not used for cost codes",
              "Give that item another code in "
                  + context.erpName()
                  + ", or set work-breakdown.existing-items to use if it means the same; then send"
                  + " the project again"));
    }
  }

  /**
   * XR-WBS-02: counted before anything is sent, so that all of a project's new codes go or none.
   */
  static void ceiling(CostItemContext context, Consumer<Finding> findings) {
    int together = context.held() + context.brought();
    if (together > context.most()) {
      findings.accept(
          refuse(
              "XR-WBS-02",
              "Cost codes of the project",
              context.erpName()
                  + " holds "
                  + context.held()
                  + " items, and the project brings "
                  + context.brought()
                  + " new ones: "
                  + together
                  + " together",
              "at most " + context.most() + " items",
              "Take cost types that are not needed off the project's cost codes, or delete items"
                  + " that nothing uses in "
                  + context.erpName()
                  + "; then send the project again"));
    }
  }

  /** XR-WBS-03 and TB-WBS-04: accounts by the firm's rules, and only such as can be used. */
  static void accounts(CodePair pair, CostItemContext context, Consumer<Finding> findings) {
    AccountRules.Accounts accounts = context.accounts();
    account(pair, "Purchase account", accounts.purchase(), context, findings);
    account(pair, "Sales account", accounts.sales(), context, findings);
    if (accounts.purchase() == null && !context.defaultAccount()) {
      findings.accept(
          warn(
              "XR-WBS-03",
              "Purchase account of " + pair.joined(),
              "none: no rule of work-breakdown.accounts fits",
              "bills with this code are refused without one",
              "Assign it in "
                  + context.erpName()
                  + ", or set work-breakdown.accounts or accounts.default"));
    }
  }

  private static void account(
      CodePair pair,
      String what,
      String account,
      CostItemContext context,
      Consumer<Finding> findings) {
    String why = account == null ? null : context.unusableAccounts().get(account);
    if (why != null) {
      findings.accept(
          refuse(
              "TB-WBS-04",
              what + " of " + pair.joined(),
              account + " " + why,
              "an active account of one's own in " + context.erpName(),
              "Correct work-breakdown.accounts, or the account in " + context.erpName()));
    }
  }
}
