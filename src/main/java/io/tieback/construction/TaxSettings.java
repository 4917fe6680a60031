package io.tieback.construction;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How tax gets onto a bill.
 *
 * @param amounts how the amounts of lines relate to tax
 * @param types the ERP's tax type by Procore's tax code, as far as the firm maps them
 * @param defaultType tax type of lines without a tax code, or null when there has to be one
 * @param untaxedType tax type of lines that bear no tax, such as {@code NONE}
 * @param retainage when tax on retainage falls due
 */
public record TaxSettings(
    Amounts amounts,
    Map<String, String> types,
    String defaultType,
    String untaxedType,
    Retainage retainage) {

  /** Kind of a tax code in an {@link OriginId}. */
  public static final String ORIGIN_KIND = "tax_code";

  /** How the amounts of lines relate to tax. */
  public enum Amounts {
    /** Amounts carry no tax and the ERP adds none. */
    NONE,
    /** Tax comes on top of the amounts. */
    EXCLUSIVE,
    /** The amounts hold their tax. */
    INCLUSIVE
  }

  /** When tax on retainage falls due. */
  public enum Retainage {
    /** With the invoice that it is withheld from: retainage lines bear no tax. */
    WITH_INVOICE,
    /** When it is released, as with the Canadian holdback: retainage lines bear the tax of work. */
    ON_RELEASE
  }

  public TaxSettings {
    Objects.requireNonNull(amounts, "amounts");
    types = Map.copyOf(types);
    Objects.requireNonNull(untaxedType, "untaxedType");
    Objects.requireNonNull(retainage, "retainage");
  }

  /** Bills without tax. */
  public static TaxSettings none() {
    return new TaxSettings(Amounts.NONE, Map.of(), null, "NONE", Retainage.WITH_INVOICE);
  }

  /** Whether bills bear tax at all. */
  public boolean apply() {
    return amounts != Amounts.NONE;
  }

  /** Whether retainage lines bear the tax of the work that they are about. */
  public boolean onRelease() {
    return apply() && retainage == Retainage.ON_RELEASE;
  }

  /**
   * The ERP's tax type of a line.
   *
   * @param taxCode the External Data of Procore's tax code: the firm's own word for it, or an
   *     {@link OriginId} whose key is mapped or is the ERP's tax type itself; null or blank when
   *     the line has no tax code
   * @return empty when nothing says which it is
   */
  public Optional<String> typeOf(String taxCode) {
    if (taxCode == null || taxCode.isBlank()) {
      return Optional.ofNullable(defaultType);
    }
    Optional<String> linked = linked(taxCode);
    String mapped = types.get(linked.orElse(taxCode.strip()));
    return mapped != null ? Optional.of(mapped) : linked;
  }

  private static Optional<String> linked(String taxCode) {
    try {
      OriginId origin = OriginId.parse(taxCode);
      return origin.kind().equals(ORIGIN_KIND) ? Optional.of(origin.key()) : Optional.empty();
    } catch (IllegalArgumentException aWordOfTheFirm) {
      return Optional.empty();
    }
  }
}
