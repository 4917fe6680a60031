package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** A manual journal that somebody posted. Debits are positive, and all lines come to nothing. */
record ManualJournal(LocalDate date, String narration, List<Line> lines) {

  /** What it posts to an account. */
  record Line(String accountCode, BigDecimal amount) {}

  ManualJournal {
    lines = List.copyOf(lines);
    BigDecimal sum = BigDecimal.ZERO;
    for (Line line : lines) {
      sum = sum.add(line.amount());
    }
    if (sum.signum() != 0 || lines.size() < 2) {
      throw new IllegalArgumentException(
          "journal: debits and credits of at least two lines must balance, these come to "
              + sum.toPlainString()
              + ".");
    }
  }
}
