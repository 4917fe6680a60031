package io.tieback.reconcile;

/** A figure of a commitment that both sides are held against each other by. */
public enum Figure {
  /** The contract as it was signed. */
  ORIGINAL("original"),
  /** Approved change orders. */
  CHANGES("changes"),
  /** Work and stored material, before retainage and tax. */
  BILLED("billed"),
  /** Retainage withheld. */
  RETAINED("retained"),
  /** Retainage released. */
  RELEASED("released"),
  /** Retained less released. */
  HELD("still held"),
  /** Tax. */
  TAX("tax"),
  /** Cash. */
  PAID("paid"),
  /** Settled by credit notes, prepayments and overpayments. */
  CREDITED("credited"),
  /** Billed less what is held, plus tax, less what was paid and credited. */
  OPEN("open");

  private final String words;

  Figure(String words) {
    this.words = words;
  }

  /** As it is printed. */
  public String words() {
    return words;
  }
}
