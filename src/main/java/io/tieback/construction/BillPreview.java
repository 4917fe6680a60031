package io.tieback.construction;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A composed bill as an accountant reads it: what {@code tieback preview} prints. Nothing is cut:
 * long texts go on in the next row.
 */
public final class BillPreview {

  private static final int DESCRIPTION = 44;
  private static final int CODE = 16;
  private static final String ROW =
      "%4s  %-" + DESCRIPTION + "s  %-" + CODE + "s  %14s  %14s  %16s";
  private static final int WIDTH = 4 + 2 + DESCRIPTION + 2 + CODE + 2 + 14 + 2 + 14 + 2 + 16;
  private static final Set<BillLine.Kind> WORK =
      EnumSet.of(BillLine.Kind.WORK, BillLine.Kind.ROUNDING);

  private BillPreview() {}

  /** The bill as text, without the supplier's name and a digest. */
  public static String of(Bill bill) {
    return of(bill, null, null);
  }

  /**
   * The bill as text.
   *
   * @param bill the composed bill
   * @param supplier the supplier's name; null shows the ERP's key of it alone
   * @param digest what an acceptance would be bound to, or null
   */
  public static String of(Bill bill, String supplier, String digest) {
    List<String> rows = new ArrayList<>();
    rows.add((bill.isCredit() ? "Credit    " : "Bill      ") + bill.number());
    rows.add(
        "Supplier  "
            + (supplier == null ? bill.contactKey() : supplier + " (" + bill.contactKey() + ")"));
    String due = bill.dueDate() == null ? "(by the ERP)" : bill.dueDate().toString();
    rows.add("Dated     " + bill.date() + (bill.isCredit() ? "" : "   Due " + due));
    rows.add(
        "Currency  " + (bill.currency() == null ? "(the ERP company's own)" : bill.currency()));
    rows.add("Marker    " + bill.marker());
    rows.add("");
    rows.add(row("Line", "Description", "Item / account", "Quantity", "Price", "Amount"));
    rows.add("-".repeat(WIDTH));
    for (int index = 0; index < bill.lines().size(); index++) {
      addLine(index + 1, bill.lines().get(index), rows);
    }
    rows.add("-".repeat(WIDTH));
    rows.add(total("Work and material", subtotal(bill, WORK)));
    rows.add(total("Retainage held", subtotal(bill, EnumSet.of(BillLine.Kind.RETAINAGE_HELD))));
    rows.add(
        total("Retainage released", subtotal(bill, EnumSet.of(BillLine.Kind.RETAINAGE_RELEASED))));
    rows.add(total("Total", bill.total()));
    if (bill.taxAmounts() != TaxSettings.Amounts.NONE) {
      boolean onTop = bill.taxAmounts() == TaxSettings.Amounts.EXCLUSIVE;
      rows.add(total(onTop ? "Tax" : "of that tax", bill.tax()));
      rows.add(total("To pay", bill.payable()));
    }
    if (!bill.notes().isEmpty()) {
      rows.add("");
      rows.add("Notes");
      bill.notes().forEach(note -> rows.add("  - " + note));
    }
    if (digest != null) {
      rows.add("");
      rows.add("Digest    " + digest);
    }
    return String.join("\n", rows) + "\n";
  }

  private static void addLine(int number, BillLine line, List<String> rows) {
    List<String> description = wrapped(line.description(), DESCRIPTION);
    List<String> code = wrapped(code(line), CODE);
    for (int part = 0; part < Math.max(description.size(), code.size()); part++) {
      boolean first = part == 0;
      rows.add(
          row(
              first ? String.valueOf(number) : "",
              part < description.size() ? description.get(part) : "",
              part < code.size() ? code.get(part) : "",
              first ? line.quantity().toPlainString() : "",
              first ? price(line.unitAmount()) : "",
              first ? money(line.amount()) : ""));
    }
  }

  private static String code(BillLine line) {
    if (line.itemCode() == null) {
      return line.accountCode() == null ? "(none)" : line.accountCode();
    }
    return line.accountCode() == null
        ? line.itemCode()
        : line.itemCode() + " / " + line.accountCode();
  }

  /** Breaks at a space where there is one, else in the middle of the word. */
  private static List<String> wrapped(String text, int width) {
    List<String> rows = new ArrayList<>();
    String rest = text.replaceAll("\\s+", " ").strip();
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      rows.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    rows.add(rest);
    return rows;
  }

  private static String row(
      String number,
      String description,
      String code,
      String quantity,
      String price,
      String amount) {
    return String.format(Locale.ROOT, ROW, number, description, code, quantity, price, amount)
        .stripTrailing();
  }

  private static String total(String words, Money amount) {
    return String.format(Locale.ROOT, "%" + (WIDTH - 18) + "s  %16s", words, money(amount));
  }

  private static Money subtotal(Bill bill, Set<BillLine.Kind> kinds) {
    return Money.sum(
        bill.lines().stream()
            .filter(line -> kinds.contains(line.kind()))
            .map(BillLine::amount)
            .toList());
  }

  private static String money(Money money) {
    return format("#,##0.00", money.amount());
  }

  /** At least two decimals, all that there are. */
  private static String price(BigDecimal price) {
    return format("#,##0.00" + "#".repeat(Math.max(0, price.scale() - 2)), price);
  }

  private static String format(String pattern, BigDecimal number) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
  }
}
