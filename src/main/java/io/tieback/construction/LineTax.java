package io.tieback.construction;

/**
 * The tax of a line of a bill.
 *
 * @param type the ERP's tax type
 * @param amount what it comes to, rounded half up to the cent as every ERP does by line; with the
 *     sign of the line
 */
public record LineTax(String type, Money amount) {}
