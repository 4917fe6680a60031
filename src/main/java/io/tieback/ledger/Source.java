package io.tieback.ledger;

/** How Tieback learnt of an ERP request. */
public enum Source {
  /** Procore's webhook told. */
  WEBHOOK,
  /** The webhook was lost, and the deliveries log or the request details told (GEN-API-11). */
  CATCH_UP,
  /** An approver accepted it at Tieback's own door; Procore knows of no request. */
  DOOR
}
