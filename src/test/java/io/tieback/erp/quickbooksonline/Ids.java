package io.tieback.erp.quickbooksonline;

import io.tieback.construction.AccountRules;
import java.util.List;

/** Ids by a rule that tests can read: of item {@code 03-300.S} it is {@code item-03-300.S}. */
final class Ids implements QuickBooksReferences {

  static final String VENDOR = "46";
  static final String PROJECT = "58";

  @Override
  public String item(String name) {
    return "item-" + name;
  }

  @Override
  public String account(String code) {
    return "account-" + code;
  }

  @Override
  public String payable() {
    return "33";
  }

  /** A company in the US whose lines name items. */
  static QuickBooksStyle items() {
    return style(QuickBooksStyle.Lines.ITEMS, null, false);
  }

  static QuickBooksStyle style(QuickBooksStyle.Lines lines, String classId, boolean tax) {
    return new QuickBooksStyle(
        lines,
        AccountRules.parse(List.of("*.S=5100", "*.M=5200")),
        null,
        classId,
        tax,
        "4000",
        "5000",
        false);
  }

  static QuickBooksPapers papers() {
    return new QuickBooksPapers(items(), new Ids());
  }
}
