package io.tieback.flow;

import io.tieback.construction.Bill;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ComposedDocument;

/**
 * A bill that was checked and composed and is not stored yet.
 *
 * @param subject whose it is, for the failure desk
 * @param bill the bill
 * @param document what is stored of it
 */
public record Prepared(Subject subject, Bill bill, ComposedDocument document) {}
