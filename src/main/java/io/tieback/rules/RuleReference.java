package io.tieback.rules;

import io.tieback.rules.RuleCatalogue.Basis;
import io.tieback.rules.RuleCatalogue.Rule;
import io.tieback.rules.RuleCatalogue.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/rules.md} from the {@link RuleCatalogue}: every rule with its ID, what it
 * says, whether it is kept, and the test that names it.
 */
public final class RuleReference {

  private static final Map<String, String> SIDES =
      words(
          "GEN", "Every connector",
          "XR", "Xero",
          "QBD", "QuickBooks Desktop",
          "QBO", "QuickBooks Online",
          "C", "Contradictions in the sources, and the reading taken",
          "TB", "Tieback's own");

  private static final Map<String, String> SUBJECTS =
      words(
          "ARC", "the company-level tool",
          "API", "interface",
          "Q", "life of a record in the queue",
          "ICON", "icons",
          "PERM", "roles",
          "NOT", "notifications",
          "CFG", "settings",
          "SCH", "schedules",
          "DEX", "direct export",
          "WBS", "codes",
          "PRJ", "projects",
          "COY", "companies",
          "COM", "commitments",
          "CCO", "commitment change orders",
          "INV", "subcontractor invoices",
          "RET", "retainage",
          "PAY", "payments",
          "JC", "job costs",
          "BUD", "budgets",
          "PC", "prime contracts",
          "OI", "owner invoices",
          "UNL", "unlinking",
          "SUB", "sub jobs",
          "AMT", "amounts",
          "TAX", "tax",
          "TIE", "tie-out",
          "ACC", "what acceptance binds",
          "DOOR", "Tieback's own door");

  private RuleReference() {}

  /** The text of the page. */
  public static String document() {
    List<Rule> all = RuleCatalogue.get().all();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Rules

        This page is generated (`./tieback reference`). It lists every rule that Tieback knows of, and tells which of them are kept today. Messages, dead
        letters and tests cite these IDs; an ID is never given to another rule.

        - **built**: kept, and the test that is linked names the ID.
        - **partly**: kept as far as the records that are exchanged today touch it.
        - **not built**: and why.
        - **not yet**: no test names the ID yet.

        """);
    text.append("Of ")
        .append(all.size())
        .append(" rules ")
        .append(count(all, Status.BUILT))
        .append(" are built, ");
    text.append(count(all, Status.PARTLY))
        .append(" partly, ")
        .append(count(all, Status.NOT_YET))
        .append(" not yet.\n\n");
    text.append("Basis tells how strong a rule is:\n\n| letter | meaning |\n| --- | --- |\n");
    for (Basis basis : Basis.values()) {
      text.append("| ").append(basis).append(" | ").append(basis.words()).append(" |\n");
    }
    groups(all).forEach((group, rules) -> write(text, group, rules));
    return text.toString();
  }

  private static long count(List<Rule> rules, Status status) {
    return rules.stream().filter(rule -> rule.status() == status).count();
  }

  /** In the order of the rule book; a group that the book takes up again later stays together. */
  private static Map<String, List<Rule>> groups(List<Rule> all) {
    Map<String, List<Rule>> groups = new LinkedHashMap<>();
    all.forEach(
        rule ->
            groups
                .computeIfAbsent(
                    rule.id().substring(0, rule.id().lastIndexOf('-')), group -> new ArrayList<>())
                .add(rule));
    return groups;
  }

  private static void write(StringBuilder text, String group, List<Rule> rules) {
    text.append("\n## ").append(group).append(": ").append(title(group)).append("\n\n");
    text.append("| rule | status | basis | what it says |\n| --- | --- | --- | --- |\n");
    for (Rule rule : rules) {
      text.append("| ").append(rule.id()).append(" | ").append(status(rule)).append(" | ");
      text.append(rule.basis().stream().map(Basis::name).collect(Collectors.joining(" ")))
          .append(" | ")
          .append(cell(rule.text()))
          .append(" |\n");
    }
  }

  private static String title(String group) {
    String[] parts = group.split("-", 2);
    String side = known(SIDES, parts[0], group);
    return parts.length == 1 ? side : side + ", " + known(SUBJECTS, parts[1], group);
  }

  private static String known(Map<String, String> words, String part, String group) {
    String found = words.get(part);
    if (found == null) {
      throw new IllegalStateException(
          "rules " + group + ": no title is known for '" + part + "'; add one to RuleReference");
    }
    return found;
  }

  private static String status(Rule rule) {
    if (rule.status() == Status.NOT_YET) {
      return rule.reason() == null ? "not yet" : "not built: " + rule.reason();
    }
    String words = rule.status() == Status.BUILT ? "built" : "partly";
    String path = "../src/test/java/io/tieback/" + rule.test().replace('.', '/') + ".java";
    return words
        + ", ["
        + rule.test().substring(rule.test().lastIndexOf('.') + 1)
        + "]("
        + path
        + ")";
  }

  /** So that a rule's text shows as it is and stays in its cell. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<").replace("*", "\\*");
  }

  private static Map<String, String> words(String... pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    List<String> list = Arrays.asList(pairs);
    for (int i = 0; i < list.size(); i += 2) {
      words.put(list.get(i), list.get(i + 1));
    }
    return words;
  }
}
