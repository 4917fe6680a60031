package io.tieback.construction;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What finds a bill again in the ERP: a web address that leads back to the invoice's commitment in
 * Procore and carries the query {@code tieback=<connection>.requisition.<id>} (design section 5).
 * It stands in a field that people do not edit.
 *
 * <p>Procore publishes no address of a single subcontractor invoice, so the way back ends at the
 * invoices of the commitment, or at the project's commitments when it is not known whether it is a
 * subcontract or a purchase order.
 *
 * @param connection the connection that wrote the bill
 * @param requisitionId id of the requisition in Procore
 */
public record BillMarker(ConnectionId connection, long requisitionId) {

  private static final Pattern QUERY =
      Pattern.compile(
          "(?:^|&)tieback=([a-z][a-z0-9-]{0,39})\\.requisition\\.([1-9]\\d{0,18})(?:&|$)");

  private static final Pattern PROJECT = Pattern.compile("/projects/([1-9]\\d{0,17})/");

  /** The two kinds of commitment; each has its own page in Procore. */
  public enum CommitmentType {
    SUBCONTRACT("work_order_contracts"),
    PURCHASE_ORDER("purchase_order_contracts");

    private final String path;

    CommitmentType(String path) {
      this.path = path;
    }
  }

  /**
   * The address when the kind of commitment is not known: it leads to the commitments of the
   * project.
   */
  public static String of(
      String webBaseUrl,
      ConnectionId connection,
      long companyId,
      long projectId,
      long commitmentId,
      long requisitionId) {
    return of(webBaseUrl, connection, companyId, projectId, null, commitmentId, requisitionId);
  }

  /**
   * The address of an invoice.
   *
   * @param webBaseUrl where people open Procore, such as {@code https://app.procore.com}; http or
   *     https, no query
   * @param type kind of the commitment, or null when unknown
   * @throws IllegalArgumentException when the base address is no web address, or contains {@code
   *     xero}, which Xero refuses in an address
   */
  public static String of(
      String webBaseUrl,
      ConnectionId connection,
      long companyId,
      long projectId,
      CommitmentType type,
      long commitmentId,
      long requisitionId) {
    StringBuilder address = new StringBuilder(base(webBaseUrl));
    address
        .append("/webclients/host/companies/")
        .append(companyId)
        .append("/projects/")
        .append(projectId);
    address.append("/tools/contracts/commitments");
    if (type != null) {
      address.append('/').append(type.path).append('/').append(commitmentId).append("/invoices");
    }
    return address
        .append("?tieback=")
        .append(connection.value())
        .append(".requisition.")
        .append(requisitionId)
        .toString();
  }

  private static String base(String webBaseUrl) {
    if (webBaseUrl == null || webBaseUrl.isBlank()) {
      throw new IllegalArgumentException(
          "Procore's web address is missing; give one such as https://app.procore.com");
    }
    if (webBaseUrl.toLowerCase(Locale.ROOT).contains("xero")) {
      throw new IllegalArgumentException(
          "Procore's web address '"
              + webBaseUrl
              + "' must not contain 'xero': Xero refuses a bill whose address contains its name;"
              + " use another host name for it");
    }
    URI uri;
    try {
      uri = new URI(webBaseUrl);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "Procore's web address '" + webBaseUrl + "' is not a web address: " + e.getReason(), e);
    }
    boolean web =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!web
        || uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "Procore's web address '"
              + webBaseUrl
              + "' must be http or https with a host and without a query, such as"
              + " https://app.procore.com");
    }
    return webBaseUrl.replaceAll("/+$", "");
  }

  /**
   * Tells whether an address is a marker of Tieback, of any connection.
   *
   * @param url any text, also null
   * @return the marker, or empty when it is not one of ours
   */
  public static Optional<BillMarker> parse(String url) {
    if (url == null) {
      return Optional.empty();
    }
    try {
      String query = new URI(url).getRawQuery();
      Matcher found = QUERY.matcher(query == null ? "" : query);
      if (!found.find()) {
        return Optional.empty();
      }
      return Optional.of(
          new BillMarker(new ConnectionId(found.group(1)), Long.parseLong(found.group(2))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The project that an address of ours leads to; empty when it names none. */
  public static Optional<Long> projectOf(String url) {
    Matcher found = PROJECT.matcher(url == null ? "" : url);
    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
  }
}
