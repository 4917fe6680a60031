package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.text;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** How projects and cost codes go to the accounting system. */
public final class WorkBreakdownKeys {

  /** Of an account: a slash parts two, a comma rules, and an equals sign ends a pattern. */
  private static final String NAMED = "[^\\s/=,]([^/=,]{0,98}[^\\s/=,])?";

  /** Accounts of items. */
  public static final Key<List<String>> ACCOUNTS =
      Key.ofConnection(
              "work-breakdown.accounts",
              list(
                  "a list of PATTERN=PURCHASE or PATTERN=PURCHASE/SALES accounts, each of at most"
                      + " 100 characters",
                  "[^=,]+=(" + NAMED + "|(" + NAMED + ")?/(" + NAMED + ")?)"))
          .narrowedWhen(
              ConnectionKeys.ERP,
              ConnectionKeys.XERO,
              list(
                  "a list of PATTERN=PURCHASE or PATTERN=PURCHASE/SALES account codes, each of at"
                      + " most 10 characters",
                  "[^=,]+=(\\S{1,10}|\\S{0,10}/\\S{0,10})"))
          .example("*.L=5100/4000,03-*=5200,*=5000")
          .described(
              "Purchase and sales account of new items, by patterns of the item code in which *"
                  + " stands for anything. The first that fits counts, so a default such as"
                  + " '*=5000' comes last. Items that none fits get accounts.default as their"
                  + " purchase account. Xero takes an account's code, of at most 10 characters;"
                  + " QuickBooks Online its number or, where it has none, its name without comma,"
                  + " slash and equals sign.");

  /** How an item is named. */
  public static final Key<String> ITEM_NAME =
      Key.ofConnection(
              "work-breakdown.item-name",
              text(
                  "a form with {name}, and {type} if wanted",
                  "[^{}]*(\\{name}|\\{type})[^{}]*(\\{type}|\\{name})?[^{}]*"))
          .standard("{name} - {type}")
          .described(
              "How the name of an item is made of the cost code's name and the cost type's name.");

  /** What happens to a name that is too long. */
  public static final Key<String> LONG_NAMES =
      Key.ofConnection("work-breakdown.long-names", oneOf("cut", "refuse"))
          .standard("cut")
          .described(
              "What happens when such a name is longer than the accounting system takes"
                  + " (XR-WBS-08). cut: the cost code's name is shortened and ends in an ellipsis;"
                  + " the whole stands in the item's description. refuse: the code is not sent.");

  /** What happens to codes that are there already. */
  public static final Key<String> EXISTING_ITEMS =
      Key.ofConnection("work-breakdown.existing-items", oneOf("refuse", "use"))
          .standard("refuse")
          .described(
              "What happens when the accounting system has an item of the same code that Tieback"
                  + " did not make (XR-WBS-06). refuse: the code is not sent. use: the item is"
                  + " linked, and nothing of it is changed.");

  /** What happens to projects that are there already. */
  public static final Key<String> EXISTING_PROJECTS =
      Key.ofConnection("projects.existing", oneOf("link", "refuse"))
          .standard("link")
          .described(
              "What happens when the accounting system has a project of the same name that is not"
                  + " linked, as with projects that were under way before (GEN-PRJ-01). link: it is"
                  + " linked. refuse: the project is not sent.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Projects and cost codes",
          "How projects and cost codes go to the accounting system.",
          List.of(ACCOUNTS, ITEM_NAME, LONG_NAMES, EXISTING_ITEMS, EXISTING_PROJECTS));

  private WorkBreakdownKeys() {}
}
