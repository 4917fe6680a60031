package io.tieback.erp;

/**
 * One document in the ERP's own wire form, ready for a batch.
 *
 * @param marker what finds it again in the ERP, in a field that people do not edit
 * @param body the document's JSON or XML, exactly as it will stand in the batch
 * @param digest SHA-256 of {@code body} in lower-case hex: what acceptance is bound to
 */
public record ErpDocument(String marker, String body, String digest) {}
