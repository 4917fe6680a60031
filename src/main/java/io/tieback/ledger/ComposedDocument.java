package io.tieback.ledger;

import io.tieback.construction.Money;

/**
 * What preparing a record came to, ready to be written.
 *
 * @param itemId the ledger's key of the work item
 * @param round the round that was claimed; if the record was staged again meanwhile, this
 *     composition is dropped
 * @param document the composed document as JSON, as it is shown to people
 * @param erpBody the document in the ERP's wire form
 * @param digest SHA-256 of {@code erpBody} in lower-case hex
 * @param marker what finds it in the ERP; unique in a connection
 * @param amount what it comes to, or null when it is no sum of money
 * @param currency ISO 4217 code, or null for the ERP company's own
 * @param number the number that it gets in the ERP
 * @param projectId its project, or null
 * @param commitmentId its commitment, or null
 * @param vendorId its vendor, or null
 * @param originRows External Data rows that acknowledging it takes: one for the record and one for
 *     each of its lines
 * @param apiCalls calls that preparing it took
 */
public record ComposedDocument(
    long itemId,
    int round,
    String document,
    String erpBody,
    String digest,
    String marker,
    Money amount,
    String currency,
    String number,
    Long projectId,
    Long commitmentId,
    Long vendorId,
    int originRows,
    int apiCalls) {}
