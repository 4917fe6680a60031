package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BillPreviewTest {

  @Test
  void anAccountantSeesLinesSubtotalsAndNotesInOneTable() {
    InvoiceFixture invoice = new InvoiceFixture();
    InvoiceFixture.Line units = invoice.line().units("333.3333", "3.0003", "1000.08");
    units.description = "Cast-in-place concrete for the foundation walls of building two";
    units.retainedWork = Money.of("100.01");
    invoice.line().releaseOnly("12345.67", "20000.00");

    String text = BillPreview.of(new BillFixture().compose(invoice), "Ridge Concrete", "ab12");

    assertThat(text)
        .isEqualTo(
            """
            Bill      SC-0007 #3
            Supplier  Ridge Concrete (c-1)
            Dated     2026-03-31   Due 2026-04-30
            Currency  USD
            Marker    %s

            Line  Description                                   Item / account          Quantity           Price            Amount
            ----------------------------------------------------------------------------------------------------------------------
               1  Cast-in-place concrete for the foundation     03-110.S                333.3333          3.0003          1,000.10
                  walls of building two
               2  Rounding of line 1 (03-110): 333.3333 CY x    03-110.S                       1           -0.02             -0.02
                  3.0003 = 1000.10, billed 1000.08
               3  Retainage held                                815                            1         -100.01           -100.01
               4  Retainage released                            815                            1       12,345.67         12,345.67
            ----------------------------------------------------------------------------------------------------------------------
                                                                                               Work and material          1,000.08
                                                                                                  Retainage held           -100.01
                                                                                              Retainage released         12,345.67
                                                                                                           Total         13,245.74

            Notes
              - Line 1 (03-110): 333.3333 CY x 3.0003 = 1000.10, billed 1000.08; the difference of -0.02 is a line of its own.
              - 1 of 2 lines bill no work or material this period and are left out.

            Digest    ab12
            """
                .formatted(BillFixture.MARKER));
  }

  @Test
  void nothingOfALongWordIsLost() {
    InvoiceFixture invoice = new InvoiceFixture();
    invoice.line().description = "W".repeat(100);
    String text = BillPreview.of(new BillFixture().compose(invoice));
    assertThat(text.chars().filter(letter -> letter == 'W').count())
        .as("100 letters and the W of the subtotal")
        .isEqualTo(101);
    assertThat(text).doesNotContain("Digest").doesNotContain("Notes");
  }
}
