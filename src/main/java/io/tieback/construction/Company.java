package io.tieback.construction;

import java.util.List;

/**
 * What is known of a company on one side, as far as it tells whether two are the same.
 *
 * @param key that side's key: Procore's id of the company, or the ERP's key of the supplier
 * @param name its name
 * @param taxNumber tax or business number, or null
 * @param emailAddress or null
 * @param phones telephone and fax numbers
 * @param bankAccount its bank account, or what is shown of it; null when that side keeps none
 */
public record Company(
    String key,
    String name,
    String taxNumber,
    String emailAddress,
    List<String> phones,
    String bankAccount) {

  public Company {
    phones = List.copyOf(phones);
  }
}
