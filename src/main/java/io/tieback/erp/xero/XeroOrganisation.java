package io.tieback.erp.xero;

/**
 * A Xero organisation that a sign-in reaches (Xero reference section 2.4).
 *
 * @param tenantId what goes into the {@code xero-tenant-id} header
 * @param connectionKey Xero's id of the consent for it, needed to disconnect
 * @param name the organisation's name
 */
public record XeroOrganisation(String tenantId, String connectionKey, String name) {}
