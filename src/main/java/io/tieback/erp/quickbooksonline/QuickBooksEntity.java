package io.tieback.erp.quickbooksonline;

import io.tieback.construction.Bill;
import io.tieback.construction.Money;
import java.util.Locale;

/**
 * The entities of QuickBooks Online that Tieback writes or links (reference sections 3.1 to 3.8).
 */
enum QuickBooksEntity {
  BILL("Bill", "bill"),
  VENDOR_CREDIT("VendorCredit", "vendor credit"),
  PURCHASE_ORDER("PurchaseOrder", "purchase order"),
  VENDOR("Vendor", "vendor"),
  ITEM("Item", "item"),
  /** A project is a customer; it is only ever linked (QBO-PRJ-01). */
  PROJECT("Customer", "project");

  private final String wireName;
  private final String word;

  QuickBooksEntity(String wireName, String word) {
    this.wireName = wireName;
    this.word = word;
  }

  /** What an invoice becomes: below zero a vendor credit. */
  static QuickBooksEntity of(Bill bill) {
    return bill.isCredit() ? VENDOR_CREDIT : BILL;
  }

  /**
   * The entity of this name.
   *
   * @throws IllegalArgumentException when Tieback writes none of that name
   */
  static QuickBooksEntity named(String wireName) {
    for (QuickBooksEntity entity : values()) {
      if (entity.wireName.equals(wireName)) {
        return entity;
      }
    }
    throw new IllegalArgumentException("Tieback writes no '" + wireName + "' to QuickBooks Online");
  }

  /** Its name in queries and answers. */
  String wireName() {
    return wireName;
  }

  /** Its path below the company (section 1: create and update are one address). */
  String path() {
    return "/" + wireName.toLowerCase(Locale.ROOT);
  }

  /** The word for people. */
  String word() {
    return word;
  }

  /** Whether an amount stands with the opposite sign: a vendor credit's reduce cost (3.8). */
  boolean turns() {
    return this == VENDOR_CREDIT;
  }

  /** An amount of the canonical bill as it stands on the document, and back. */
  Money turned(Money amount) {
    return turns() ? amount.negated() : amount;
  }
}
