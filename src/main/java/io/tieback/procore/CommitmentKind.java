package io.tieback.procore;

import io.tieback.construction.BillMarker;
import java.util.Optional;

/** The two kinds of commitment (Procore reference section 10). */
public enum CommitmentKind {
  /** A subcontract. */
  WORK_ORDER("WorkOrderContract", "work_order_contract", BillMarker.CommitmentType.SUBCONTRACT),
  /** A purchase order. */
  PURCHASE_ORDER(
      "PurchaseOrderContract", "purchase_order_contract", BillMarker.CommitmentType.PURCHASE_ORDER);

  private final String className;
  private final String itemType;
  private final BillMarker.CommitmentType marker;

  CommitmentKind(String className, String itemType, BillMarker.CommitmentType marker) {
    this.className = className;
    this.itemType = itemType;
    this.marker = marker;
  }

  /**
   * By the name that requisitions ({@code commitment_type}) and events ({@code type}) carry; empty
   * for other names.
   */
  public static Optional<CommitmentKind> of(String className) {
    for (CommitmentKind kind : values()) {
      if (kind.className.equals(className)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Procore's name of the class, as requisitions and events carry it. */
  public String className() {
    return className;
  }

  /** External Data's item type. */
  public String itemType() {
    return itemType;
  }

  /** The kind as it stands in a bill's marker. */
  public BillMarker.CommitmentType marker() {
    return marker;
  }

  /** Path of its resource. */
  String path() {
    return "/rest/v1.0/" + itemType + "s";
  }
}
