package io.tieback.construction;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sound invoice of the connection {@code main}, to which tests change one thing. */
public final class InvoiceFixture {

  public static final ConnectionId CONNECTION = new ConnectionId("main");

  public String vendorOriginId = "xero:main:contact:c-1";
  public String projectOriginId = "xero:main:tracking_option:p-1";
  public String commitmentOriginId = "xero:main:purchase_order:po-1";
  public String number = "SC-0007 #3";
  public String status = "approved";
  public LocalDate billingDate = LocalDate.of(2026, 3, 31);
  public LocalDate periodStart = LocalDate.of(2026, 3, 1);
  public LocalDate periodEnd = LocalDate.of(2026, 3, 31);
  public LocalDate dueDate = LocalDate.of(2026, 4, 30);
  public String currency = "USD";
  public Money tax = Money.ZERO;
  public final List<Line> lines = new ArrayList<>();

  /** Null means: what the lines come to. */
  public Money netInProcore;

  public boolean netUnstated;

  /** An invoice with one amount-based line of 1,000.00 less 100.00 retainage. */
  public static InvoiceFixture sound() {
    InvoiceFixture fixture = new InvoiceFixture();
    fixture.line().retainedWork = Money.of("100.00");
    return fixture;
  }

  /** Adds an amount-based line of 1,000.00 and gives it back for changes. */
  public Line line() {
    Line line = new Line(9001 + lines.size());
    lines.add(line);
    return line;
  }

  public SubcontractorInvoice build() {
    List<InvoiceLine> built = lines.stream().map(Line::build).toList();
    Money net =
        netInProcore != null
            ? netInProcore
            : Money.sum(built.stream().map(InvoiceLine::net).toList());
    return new SubcontractorInvoice(
        562949953425901L,
        77L,
        88L,
        99L,
        projectOriginId,
        commitmentOriginId,
        vendorOriginId,
        number,
        status,
        billingDate,
        periodStart,
        periodEnd,
        dueDate,
        currency,
        AccountingMethod.AMOUNT,
        built,
        netUnstated ? null : net,
        tax);
  }

  /** Item codes of all lines. */
  public Map<Long, String> itemCodes() {
    Map<Long, String> codes = new HashMap<>();
    lines.forEach(line -> codes.put(line.id, "03-110.S"));
    return codes;
  }

  /** One line, amount-based unless changed. */
  public static final class Line {
    public long id;
    public String description = "Formwork level 1";
    public String costCode = "03-110";
    public String costCodeOriginId = "xero:main:cost_code:p-1|03-110";
    public String costTypeOriginId = "xero:main:cost_type:S";
    public String commitmentLineOriginId;
    public String changeOrderLineOriginId;
    public String taxCode;
    public AccountingMethod method = AccountingMethod.AMOUNT;
    public BigDecimal quantity;
    public BigDecimal unitPrice;
    public String unitOfMeasure;
    public Money work = Money.of("1000.00");
    public Money stored = Money.ZERO;
    public Money retainedWork = Money.ZERO;
    public Money retainedMaterial = Money.ZERO;
    public Money releasedWork = Money.ZERO;
    public Money releasedMaterial = Money.ZERO;
    public Money heldBefore = Money.ZERO;

    Line(long id) {
      this.id = id;
    }

    /** Makes it unit-based. */
    public Line units(String quantity, String unitPrice, String billed) {
      method = AccountingMethod.UNIT;
      this.quantity = quantity == null ? null : new BigDecimal(quantity);
      this.unitPrice = unitPrice == null ? null : new BigDecimal(unitPrice);
      unitOfMeasure = "CY";
      work = Money.of(billed);
      return this;
    }

    /** Makes it a line that only releases retainage. */
    public Line releaseOnly(String released, String heldBefore) {
      work = Money.ZERO;
      releasedWork = Money.of(released);
      this.heldBefore = Money.of(heldBefore);
      return this;
    }

    public InvoiceLine build() {
      return new InvoiceLine(
          id,
          InvoiceLineKind.CONTRACT,
          description,
          costCode,
          costCodeOriginId,
          costTypeOriginId,
          commitmentLineOriginId,
          changeOrderLineOriginId,
          taxCode,
          method,
          quantity,
          unitPrice,
          unitOfMeasure,
          work,
          stored,
          retainedWork,
          retainedMaterial,
          releasedWork,
          releasedMaterial,
          heldBefore);
    }
  }
}
