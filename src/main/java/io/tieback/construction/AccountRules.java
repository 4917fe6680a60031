package io.tieback.construction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which ledger accounts an item gets, by ordered rules: the first whose pattern fits the item's
 * code counts (XR-WBS-03, done better than by hand).
 *
 * @param rules in their order
 */
public record AccountRules(List<Rule> rules) {

  public AccountRules {
    rules = List.copyOf(rules);
  }

  /**
   * A rule.
   *
   * @param pattern of item codes, {@code *} stands for any run of characters
   * @param accounts what it gives
   */
  public record Rule(String pattern, Accounts accounts) {

    boolean fits(String code) {
      StringBuilder form = new StringBuilder();
      for (String part : pattern.split("((?<=\\*)|(?=\\*))")) {
        form.append(part.equals("*") ? ".*" : Pattern.quote(part));
      }
      return code.matches(form.toString());
    }
  }

  /**
   * Accounts of an item.
   *
   * @param purchase code of the purchase account, or null for none
   * @param sales code of the sales account, or null for none
   */
  public record Accounts(String purchase, String sales) {

    /** No account at all: they are assigned in the ERP. */
    public static final Accounts NONE = new Accounts(null, null);
  }

  /**
   * Reads rules written as {@code pattern=purchase} or {@code pattern=purchase/sales}; either
   * account may be left out.
   *
   * @throws IllegalArgumentException when one is written otherwise
   */
  public static AccountRules parse(List<String> written) {
    List<Rule> rules = new ArrayList<>();
    for (String rule : written) {
      int equals = rule.lastIndexOf('=');
      String[] accounts = equals < 1 ? new String[0] : rule.substring(equals + 1).split("/", -1);
      if (accounts.length < 1 || accounts.length > 2) {
        throw new IllegalArgumentException(
            "'" + rule + "' is not of the form PATTERN=PURCHASE or PATTERN=PURCHASE/SALES");
      }
      rules.add(
          new Rule(
              rule.substring(0, equals).strip(),
              new Accounts(
                  account(accounts[0]), accounts.length == 2 ? account(accounts[1]) : null)));
    }
    return new AccountRules(rules);
  }

  /**
   * The same rules, and after them one that gives every other item this purchase account.
   *
   * @param purchase code of the account, or null to leave the rules as they are
   */
  public AccountRules otherwise(String purchase) {
    if (purchase == null) {
      return this;
    }
    List<Rule> all = new ArrayList<>(rules);
    all.add(new Rule("*", new Accounts(purchase, null)));
    return new AccountRules(all);
  }

  private static String account(String text) {
    return text.isBlank() ? null : text.strip();
  }

  /** The accounts of an item code. */
  public Accounts of(String itemCode) {
    return rules.stream()
        .filter(rule -> rule.fits(itemCode))
        .findFirst()
        .map(Rule::accounts)
        .orElse(Accounts.NONE);
  }
}
