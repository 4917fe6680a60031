package io.tieback.console.oidc;

import io.tieback.approval.Person;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.util.Map;
import java.util.Optional;

/**
 * Who of the console's people an identity is. Once joined they are known by the provider's subject,
 * whatever their mail address becomes there.
 */
public final class OidcPeople {

  private static final String WHO = "sign-in";

  private final Ledger ledger;
  private final OidcSettings settings;

  /** The people of this ledger. */
  public OidcPeople(Ledger ledger, OidcSettings settings) {
    this.ledger = ledger;
    this.settings = settings;
  }

  /**
   * The user who may come in, joined or made when that is due. A refusal is audited.
   *
   * @param language en or fr, for somebody new
   * @param from network address that they come from
   * @return the user's key
   */
  public long welcome(Identity identity, String language, String from) throws OidcRefused {
    try {
      return find(identity, language);
    } catch (OidcRefused refused) {
      ledger
          .audit()
          .append(
              "nobody",
              "sign-in refused",
              "console",
              Map.of(
                  "from",
                  from,
                  "identity",
                  identity.key(),
                  "email",
                  identity.email(),
                  "reason",
                  refused.getMessage()));
      throw refused;
    }
  }

  /**
   * Takes somebody's identity away and signs them out. They are joined anew when they next sign in
   * at the provider with the mail address that they have here.
   *
   * @param owner who does it
   * @return whether they had one
   * @throws NotAnOwner when whoever does it is none
   */
  public static boolean unlink(Ledger ledger, long userId, Person owner) {
    if (!owner.role().word().equals(User.OWNER)) {
      throw new NotAnOwner(owner.email());
    }
    return ledger.users().unlinkIdentity(userId, owner.email());
  }

  /** Only an owner may. */
  public static final class NotAnOwner extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAnOwner(String who) {
      super(who + " is no owner: only an owner takes an identity away. Ask one");
    }
  }

  private long find(Identity identity, String language) throws OidcRefused {
    Optional<User> joined = ledger.users().byOidcSubject(identity.key());
    if (joined.isPresent()) {
      return active(joined.get()).id();
    }
    String email = identity.email();
    if (email.isEmpty()) {
      throw new OidcRefused(Reason.NO_MAIL, "", "the provider says no mail address");
    }
    if (settings.requireVerifiedMail() && !identity.emailVerified()) {
      throw new OidcRefused(Reason.UNVERIFIED, email, email + " is not verified at the provider");
    }
    Optional<User> known = ledger.users().byEmail(email);
    if (known.isEmpty()) {
      return create(identity, language);
    }
    User user = active(known.get());
    if (user.oidcSubject() != null
        || !ledger.users().joinIdentity(user.id(), identity.key(), WHO)) {
      throw new OidcRefused(
          Reason.OTHER_IDENTITY, email, email + " is joined to another identity of the provider");
    }
    return user.id();
  }

  private static User active(User user) throws OidcRefused {
    if (!user.active()) {
      throw new OidcRefused(Reason.INACTIVE, user.email(), user.email() + " is not active");
    }
    return user;
  }

  private long create(Identity identity, String language) throws OidcRefused {
    String email = identity.email();
    String domain = email.substring(email.lastIndexOf('@') + 1);
    if (!settings.createViewers() || !settings.createDomains().contains(domain)) {
      throw new OidcRefused(Reason.UNKNOWN, email, "nobody here has the mail address " + email);
    }
    String name = identity.name().isEmpty() ? email : identity.name();
    return ledger.together(
        () -> {
          long id =
              ledger.users().create(new User.Draft(email, name, "viewer", language, null), WHO);
          ledger.users().joinIdentity(id, identity.key(), WHO);
          return id;
        });
  }
}
