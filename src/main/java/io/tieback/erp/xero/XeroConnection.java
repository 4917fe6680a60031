package io.tieback.erp.xero;

import io.tieback.construction.ConnectionId;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that one connection to a Xero organisation needs to know. Section numbers are those of
 * the Xero reference.
 *
 * @param id the connection's name
 * @param addresses where Xero is
 * @param signIn how Tieback signs in
 * @param bills how bills are written
 * @param catalogue where projects and items are kept, and how many
 * @param orders how purchase orders are written
 * @param files how files go along with bills
 * @param timeout longest wait for an answer
 * @param documentsPerCall most bills in one call, 1 to 50 (section 3.4)
 * @param lookUpOnlyOwn whether a look-up lists only what this app created ({@code createdByMyApp},
 *     section 9). Shorter lists, but bills that another client id of the same company wrote are not
 *     seen
 */
public record XeroConnection(
    ConnectionId id,
    Addresses addresses,
    SignIn signIn,
    Bills bills,
    Catalogue catalogue,
    Orders orders,
    Files files,
    Duration timeout,
    int documentsPerCall,
    boolean lookUpOnlyOwn) {

  /** Most documents that Xero advises to send in one call (section 3.4). */
  public static final int MOST_DOCUMENTS = 50;

  public XeroConnection {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(addresses, "addresses");
    Objects.requireNonNull(signIn, "signIn");
    Objects.requireNonNull(bills, "bills");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(orders, "orders");
    Objects.requireNonNull(files, "files");
    if (timeout == null || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "timeout " + timeout + " must be longer than nothing, for instance 30 seconds");
    }
    if (documentsPerCall < 1 || documentsPerCall > MOST_DOCUMENTS) {
      throw new IllegalArgumentException(
          "documents per call "
              + documentsPerCall
              + " must be 1 to "
              + MOST_DOCUMENTS
              + " (Xero's advice)");
    }
  }

  /** A connection with 30 seconds of patience, 50 documents a call and look-ups among all bills. */
  public static XeroConnection of(
      ConnectionId id, Addresses addresses, SignIn signIn, Bills bills) {
    return new XeroConnection(
        id,
        addresses,
        signIn,
        bills,
        Catalogue.STANDARD,
        Orders.STANDARD,
        Files.NONE,
        Duration.ofSeconds(30),
        MOST_DOCUMENTS,
        false);
  }

  /**
   * Where Xero is (section 1); no trailing slashes.
   *
   * @param api base of the Accounting API
   * @param identity host of the token endpoint
   * @param login host of the page where people consent
   * @param connections list of the organisations that a token reaches
   */
  public record Addresses(URI api, URI identity, URI login, URI connections) {

    /** Xero itself. */
    public static final Addresses XERO =
        new Addresses(
            URI.create("https://api.xero.com/api.xro/2.0"),
            URI.create("https://identity.xero.com"),
            URI.create("https://login.xero.com"),
            URI.create("https://api.xero.com/connections"));

    public Addresses {
      for (URI address : new URI[] {api, identity, login, connections}) {
        if (address == null || !address.isAbsolute() || address.toString().endsWith("/")) {
          throw new IllegalArgumentException(
              "address '" + address + "' must be absolute and must not end in a slash");
        }
      }
    }

    /** One host that serves all of it under Xero's own paths, such as a stand-in. */
    public static Addresses at(String host) {
      return new Addresses(
          URI.create(host + "/api.xro/2.0"),
          URI.create(host),
          URI.create(host),
          URI.create(host + "/connections"));
    }
  }

  /** How the app proves itself (sections 2.1 and 2.2). */
  public enum Grant {
    /** A person consents in the browser; tokens rotate. */
    AUTHORIZATION_CODE,
    /** A custom connection: bound to one organisation, no person, no refresh token. */
    CLIENT_CREDENTIALS
  }

  /**
   * How Tieback signs in.
   *
   * @param clientId the app's id
   * @param clientSecret the app's secret; never shown
   * @param grant which way
   * @param redirectUri where Xero sends the browser back: https, or http://localhost (section 2.1);
   *     null for client credentials
   * @param scopes scopes, separated by blanks (section 2.3)
   * @param tenantId the organisation, where a consent reaches several; null to let the consent
   *     decide
   */
  public record SignIn(
      String clientId,
      String clientSecret,
      Grant grant,
      URI redirectUri,
      String scopes,
      String tenantId) {

    /**
     * What the connector needs, by the granular names (section 2.3). An app made before March 2026
     * may need {@code accounting.transactions}.
     */
    public static final String GRANULAR_SCOPES =
        "offline_access accounting.invoices accounting.payments.read"
            + " accounting.banktransactions.read accounting.contacts accounting.settings";

    /** The same for a custom connection. */
    public static final String CUSTOM_CONNECTION_SCOPES = forCustomConnection(GRANULAR_SCOPES);

    /**
     * The scopes to ask for: all that are set, but for a custom connection without {@code
     * offline_access}, since it knows no refresh token and Xero refuses the wish for one (section
     * 2.2).
     */
    public String scopesToAskFor() {
      return grant == Grant.CLIENT_CREDENTIALS ? forCustomConnection(scopes) : scopes;
    }

    private static String forCustomConnection(String scopes) {
      return Arrays.stream(scopes.split(" "))
          .filter(scope -> !scope.equals("offline_access"))
          .collect(Collectors.joining(" "));
    }

    public SignIn {
      require(clientId, "client id");
      require(clientSecret, "client secret");
      require(scopes, "scopes");
      Objects.requireNonNull(grant, "grant");
      if (grant == Grant.AUTHORIZATION_CODE && !returnsSafely(redirectUri)) {
        throw new IllegalArgumentException(
            "redirect address '"
                + redirectUri
                + "' must be https or http://localhost (Xero refuses http://127.0.0.1 too)");
      }
    }

    private static void require(String value, String name) {
      if (value == null || value.isBlank()) {
        throw new IllegalArgumentException(
            name + " must not be blank; take it from your app on developer.xero.com");
      }
    }

    private static boolean returnsSafely(URI address) {
      return address != null
          && ("https".equals(address.getScheme())
              || "http".equals(address.getScheme()) && "localhost".equals(address.getHost()));
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
      return "SignIn[clientId="
          + clientId
          + ", grant="
          + grant
          + ", redirectUri="
          + redirectUri
          + ", tenantId="
          + tenantId
          + "]";
    }
  }

  /** The same with this tracking category for projects. */
  XeroConnection withCategory(String trackingCategoryId) {
    return new XeroConnection(
        id,
        addresses,
        signIn,
        new Bills(
            bills.status(),
            trackingCategoryId,
            bills.defaultAccountCode(),
            bills.retainageAccountCode()),
        catalogue,
        orders,
        files,
        timeout,
        documentsPerCall,
        lookUpOnlyOwn);
  }

  /**
   * Where projects and items are kept (sections 5 and 6).
   *
   * @param categoryName name of the tracking category of projects, where none is chosen by its id
   * @param mostOptions most active options of it
   * @param mostItems most items (XR-WBS-02)
   */
  public record Catalogue(String categoryName, int mostOptions, int mostItems) {

    /** A category called Project with at most 100 active options, and 4,000 items. */
    public static final Catalogue STANDARD = new Catalogue("Project", 100, 4_000);
  }

  /** The state that a bill gets when it is created (section 9). */
  public enum BillStatus {
    DRAFT,
    SUBMITTED,
    AUTHORISED
  }

  /**
   * How files go along with bills and credit notes. The limits are UNCERTAIN: Xero's own pages and
   * those of others do not agree.
   *
   * @param wanted whether any go
   * @param most most files on one document
   * @param mostBytes most bytes of one file
   * @param types endings of the names that are taken, in lower case
   */
  public record Files(boolean wanted, int most, long mostBytes, Set<String> types) {

    /** None go. */
    public static final Files NONE = new Files(false, 10, 10_000_000, Set.of("pdf"));

    /** The right that files need (section 2.3). */
    public static final String SCOPE = "accounting.attachments";

    public Files {
      types = Set.copyOf(types);
    }
  }

  /**
   * How purchase orders are written (section 8).
   *
   * @param status the state that they get
   * @param billedTakeLines whether lines are offered to an order that is BILLED. Whether Xero takes
   *     them is UNCERTAIN; what it refuses becomes a further order either way
   */
  public record Orders(BillStatus status, boolean billedTakeLines) {

    /** Approved orders; a billed one is left as it is. */
    public static final Orders STANDARD = new Orders(BillStatus.AUTHORISED, false);

    public Orders {
      Objects.requireNonNull(status, "status");
    }
  }

  /**
   * How bills are written.
   *
   * @param status the state they get
   * @param trackingCategoryId the tracking category whose options are projects; null when projects
   *     are not tracked
   * @param defaultAccountCode account for items without a purchase account, or null when all items
   *     have one
   * @param retainageAccountCode the liability that retainage is kept on, or null while it is not
   *     chosen
   */
  public record Bills(
      BillStatus status,
      String trackingCategoryId,
      String defaultAccountCode,
      String retainageAccountCode) {

    public Bills {
      Objects.requireNonNull(status, "status");
    }

    /** Approved bills. */
    public static Bills standard(
        String trackingCategoryId, String defaultAccountCode, String retainageAccountCode) {
      return new Bills(
          BillStatus.AUTHORISED, trackingCategoryId, defaultAccountCode, retainageAccountCode);
    }
  }
}
