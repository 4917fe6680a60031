package io.tieback.construction;

import java.time.Instant;

/**
 * A live document in the ERP that bears a supplier's number: neither voided nor deleted, whoever
 * wrote it.
 *
 * @param contactKey the ERP's key of the supplier
 * @param number the number as it stands there
 * @param credit whether it is a credit note
 * @param erpId the ERP's key of the document
 * @param status the ERP's word for its state
 * @param total what it comes to, as the ERP shows it: never negative
 * @param marker the address by which a document of ours is found, or null when it has none
 * @param changedAt when it was changed last, by the ERP's clock; null when the ERP does not tell
 */
public record TakenNumber(
    String contactKey,
    String number,
    boolean credit,
    String erpId,
    String status,
    Money total,
    String marker,
    Instant changedAt) {}
