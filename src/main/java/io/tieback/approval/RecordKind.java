package io.tieback.approval;

import java.util.Locale;
import java.util.Optional;

/** Kinds of records that are decided about; rights are given kind by kind (GEN-PERM-04). */
public enum RecordKind {
  /** A company of the directory. */
  COMPANY,
  /** A project with its cost codes. */
  PROJECT,
  /** A standard cost code, or a code with its cost type. */
  COST_CODE,
  /** A subcontract or purchase order. */
  COMMITMENT,
  /** A commitment change order. */
  CHANGE_ORDER,
  /** A subcontractor invoice. */
  INVOICE,
  /** A project's budget with its changes. */
  BUDGET;

  /** The kind of a word of the database. */
  public static RecordKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that the database has for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As {@link #ofEntity}; empty when there is none of that entity. */
  public static Optional<RecordKind> known(String entity) {
    try {
      return Optional.of(ofEntity(entity));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** The kind of records of an entity, in External Data's vocabulary. */
  public static RecordKind ofEntity(String entity) {
    return switch (entity) {
      case "vendor" -> COMPANY;
      case "project" -> PROJECT;
      case "standard_cost_code", "cost_item" -> COST_CODE;
      case "work_order_contract", "purchase_order_contract" -> COMMITMENT;
      case "change_order" -> CHANGE_ORDER;
      case "requisition" -> INVOICE;
      case "budget" -> BUDGET;
      default ->
          throw new IllegalArgumentException("no kind of record has entity '" + entity + "'");
    };
  }
}
