package io.tieback.flow;

import io.tieback.construction.Bill;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ComposedDocument;

/**
 * A bill that was checked and composed and is not stored yet.
 *
 * @param subject whose it is, for the failure desk
 * @param bill the bill
 * @param acceptance what an acceptance binds ({@link Mapping#digest})
 * @param document what is stored of it
 */
public record Prepared(Subject subject, Bill bill, String acceptance, ComposedDocument document) {}
