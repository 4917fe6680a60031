package io.tieback.ledger;

import io.tieback.construction.Money;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;

/**
 * The people of the console. Every change is audited in its own transaction. Nobody is ever
 * deleted: the trail names them for good; who leaves is made inactive. One active owner always
 * remains.
 */
public final class Users {

  private static final Set<String> ROLES =
      Set.of(User.OWNER, "administrator", "approver", "operator", "viewer");
  private static final Set<String> LANGUAGES = Set.of("en", "fr");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s,;<>]+@[^@\\s,;<>]+");

  private final Db db;
  private final Audit audit;

  Users(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /** What was asked for is not possible; the message says why and what to do. */
  public static final class NotPossible extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotPossible(String message) {
      super(message);
    }
  }

  /**
   * Makes somebody known; they have no password yet.
   *
   * @param who who does it, for the audit trail
   * @return their key
   * @throws IllegalArgumentException when address, name, role or language is not one
   * @throws NotPossible when the address is somebody's already
   */
  public long create(User.Draft draft, String who) {
    Audit.requireWho(who);
    String email = email(draft.email());
    String name = name(draft.name());
    requireOneOf("role", draft.role(), ROLES);
    requireOneOf("language", draft.language(), LANGUAGES);
    requireLimit(draft.amountLimit());
    return db.inTransaction(
        () -> {
          long id;
          try {
            id =
                db.sql(
                        """
                        insert into app_user (email, name, role, language, amount_limit, created_at, created_by)
                        values (:email, :name, :role, :language, cast(:limit as numeric), :now, :who) returning id
                        """)
                    .with("email", email)
                    .with("name", name)
                    .with("role", draft.role())
                    .with("language", draft.language())
                    .with("limit", draft.amountLimit())
                    .with("who", who)
                    .number();
          } catch (DuplicateKeyException e) {
            throw new NotPossible(
                email
                    + " is somebody's address already: change that person instead, or make them"
                    + " active again");
          }
          audit.append(
              who,
              "create user",
              subject(id, email),
              Map.of(
                  "name",
                  name,
                  "role",
                  draft.role(),
                  "language",
                  draft.language(),
                  "amount limit",
                  words(draft.amountLimit())));
          return id;
        });
  }

  /** One person. */
  public Optional<User> byId(long id) {
    return db.sql("select * from app_user where id = :id").with("id", id).first(User::map);
  }

  /** The person of a mail address, in whatever case it is written. */
  public Optional<User> byEmail(String email) {
    return db.sql("select * from app_user where email = :email")
        .with("email", email.strip().toLowerCase(Locale.ROOT))
        .first(User::map);
  }

  /** The person whom the identity provider calls so. */
  public Optional<User> byOidcSubject(String subject) {
    return db.sql("select * from app_user where oidc_subject = :subject")
        .with("subject", subject)
        .first(User::map);
  }

  /** The person of a user of Procore, by id, or by address when the id is not known. */
  public Optional<User> byProcore(Long procoreUserId, String procoreLogin) {
    return db.sql(
            """
            select * from app_user
            where procore_user_id = cast(:id as bigint) or procore_login = cast(:login as text) or email = cast(:login as text)
            order by procore_user_id is not distinct from cast(:id as bigint) desc, procore_login is not distinct from cast(:login as text) desc, id
            limit 1
            """)
        .with("id", procoreUserId)
        .with("login", procoreLogin == null ? null : procoreLogin.strip().toLowerCase(Locale.ROOT))
        .first(User::map);
  }

  /** Everybody, by name; those who left too. */
  public List<User> all() {
    return db.sql("select * from app_user order by active desc, lower(name), id").list(User::map);
  }

  /** How many there are: none before the first owner was made on the command line. */
  public long count() {
    return db.sql("select count(*) from app_user").number();
  }

  /**
   * @throws NotPossible when they are the last active owner
   */
  public void role(long id, String role, String who) {
    requireOneOf("role", role, ROLES);
    change(
        id,
        who,
        "change role",
        user -> user.role(),
        role,
        user -> {
          if (user.role().equals(User.OWNER)) {
            requireAnotherOwner(user, "given another role");
          }
          set(id, "update app_user set role = :value where id = :id", role);
          if (role.equals(User.OWNER)) {
            // An administrator may have made the link: it was the way into a lesser account.
            endLinks(id);
          }
        });
  }

  private void endLinks(long id) {
    db.sql("delete from password_link where user_id = :id and used_at is null")
        .with("id", id)
        .update();
  }

  /** Another name. */
  public void name(long id, String name, String who) {
    String given = name(name);
    change(
        id,
        who,
        "change name",
        User::name,
        given,
        user -> set(id, "update app_user set name = :value where id = :id", given));
  }

  /** en or fr. */
  public void language(long id, String language, String who) {
    requireOneOf("language", language, LANGUAGES);
    change(
        id,
        who,
        "change language",
        User::language,
        language,
        user -> set(id, "update app_user set language = :value where id = :id", language));
  }

  /**
   * @param limit the most that they may accept alone, or null for no limit
   */
  public void amountLimit(long id, Money limit, String who) {
    requireLimit(limit);
    change(
        id,
        who,
        "change amount limit",
        user -> words(user.amountLimit()),
        words(limit),
        user ->
            set(
                id,
                "update app_user set amount_limit = cast(:value as numeric) where id = :id",
                limit));
  }

  /**
   * Lets somebody sign in, or no longer. Whoever leaves is signed out at once, and what they were
   * delegated or delegated themselves no longer counts.
   *
   * @throws NotPossible when they are the last active owner
   */
  public void active(long id, boolean active, String who) {
    change(
        id,
        who,
        active ? "make user active" : "make user inactive",
        user -> Boolean.toString(user.active()),
        Boolean.toString(active),
        user -> {
          if (!active) {
            if (user.role().equals(User.OWNER)) {
              requireAnotherOwner(user, "made inactive");
            }
            endLinks(id);
            db.sql("delete from web_session where user_id = :id").with("id", id).update();
            // For good: a key does not come back with its user.
            db.sql(
                    "update api_key set revoked_at = :now where user_id = :id and revoked_at is"
                        + " null")
                .with("id", id)
                .update();
          }
          set(id, "update app_user set active = :value where id = :id", active);
        });
  }

  /** Which mails they want (GEN-NOT-04). */
  public void mails(long id, boolean digest, boolean failures, String who) {
    change(
        id,
        who,
        "change mails",
        user -> mails(user.digest(), user.failureMails()),
        mails(digest, failures),
        user ->
            db.sql("update app_user set digest = :digest, failure_mails = :failures where id = :id")
                .with("id", id)
                .with("digest", digest)
                .with("failures", failures)
                .update());
  }

  /**
   * Who they are in Procore.
   *
   * @param procoreUserId Procore's id of the user, or null
   * @param procoreLogin their address there, or null
   */
  public void procoreUser(long id, Long procoreUserId, String procoreLogin, String who) {
    String login = procoreLogin == null || procoreLogin.isBlank() ? null : email(procoreLogin);
    change(
        id,
        who,
        "change Procore user",
        user -> procore(user.procoreUserId(), user.procoreLogin()),
        procore(procoreUserId, login),
        user ->
            db.sql(
                    "update app_user set procore_user_id = cast(:user as bigint), procore_login ="
                        + " cast(:login as text) where id = :id")
                .with("id", id)
                .with("user", procoreUserId)
                .with("login", login)
                .update());
  }

  /** The hash of their password; empty when they have none or are not active. */
  public Optional<String> passwordHash(long id) {
    return db.sql(
            "select password_hash from app_user where id = :id and active and password_hash is not"
                + " null")
        .with("id", id)
        .first((rs, row) -> rs.getString(1));
  }

  /**
   * Another password, or none. The trail says that it changed, never what it is.
   *
   * @param hash what {@link #passwordHash} gives from now on, or null
   */
  public void password(long id, String hash, String who) {
    Audit.requireWho(who);
    db.inTransaction(
        () -> {
          User user = locked(id);
          set(id, "update app_user set password_hash = cast(:value as text) where id = :id", hash);
          endLinks(id);
          audit.append(
              who,
              hash == null ? "remove password" : "change password",
              subject(id, user.email()),
              Map.of());
        });
  }

  /** The same password in a stronger hash, after a sign-in; nothing that people need to know of. */
  public void rehash(long id, String hash) {
    set(id, "update app_user set password_hash = :value where id = :id", hash);
  }

  /** How the identity provider calls them, or null for no longer. */
  public void oidcSubject(long id, String subject, String who) {
    change(
        id,
        who,
        "change identity",
        user -> user.oidcSubject() == null ? "" : user.oidcSubject(),
        subject == null ? "" : subject,
        user ->
            set(
                id,
                "update app_user set oidc_subject = cast(:value as text) where id = :id",
                subject));
  }

  /**
   * Joins an active person who has no identity yet to one. Of two at once one is told no.
   *
   * @param subject how the identity provider calls them
   * @return whether it was done; not when they have an identity meanwhile or are not active
   */
  public boolean joinIdentity(long id, String subject, String who) {
    return db.inTransaction(
        () -> {
          User user = locked(id);
          if (!user.active() || user.oidcSubject() != null) {
            return false;
          }
          oidcSubject(id, subject, who);
          return true;
        });
  }

  /**
   * Takes somebody's identity away and signs them out everywhere.
   *
   * @return whether they had one
   */
  public boolean unlinkIdentity(long id, String who) {
    return db.inTransaction(
        () -> {
          User user = locked(id);
          if (user.oidcSubject() == null) {
            return false;
          }
          oidcSubject(id, null, who);
          db.sql("delete from web_session where user_id = :id").with("id", id).update();
          return true;
        });
  }

  /** They signed in just now. */
  public void signedIn(long id) {
    db.sql("update app_user set signed_in_at = :now where id = :id").with("id", id).update();
  }

  // ---- one change, audited

  private interface Reading {
    String of(User user);
  }

  private interface Writing {
    void of(User user);
  }

  private void change(
      long id, String who, String action, Reading before, String after, Writing write) {
    Audit.requireWho(who);
    db.inTransaction(
        () -> {
          User user = locked(id);
          String was = before.of(user);
          if (!was.equals(after)) {
            write.of(user);
            audit.append(
                who, action, subject(id, user.email()), Map.of("before", was, "after", after));
          }
        });
  }

  private User locked(long id) {
    // Two demotions at once would each see the other owner: they come one after the other.
    db.holdAlone("users");
    return byId(id)
        .orElseThrow(
            () -> new NotPossible("there is no user " + id + ": the list shows who there is"));
  }

  private void requireAnotherOwner(User user, String deed) {
    long others =
        db.sql("select count(*) from app_user where role = 'owner' and active and id <> :id")
            .with("id", user.id())
            .number();
    if (user.active() && others == 0) {
      throw new NotPossible(
          user.email()
              + " is the last owner and cannot be "
              + deed
              + ": nobody could name administrators any more. Make somebody else an owner first");
    }
  }

  private void set(long id, String statement, Object value) {
    db.sql(statement).with("id", id).with("value", value).update();
  }

  static String subject(long id, String email) {
    return "user " + id + " (" + email + ")";
  }

  private static String email(String given) {
    String email = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(email).matches() || email.length() > 254) {
      throw new IllegalArgumentException(
          "mail address '"
              + given
              + "' is none: one address such as jo@example.com, at most 254 characters");
    }
    return email;
  }

  private static String name(String given) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty() || name.length() > 200) {
      throw new IllegalArgumentException(
          "the name has " + name.length() + " characters: write 1 to 200");
    }
    return name;
  }

  private static void requireOneOf(String what, String given, Set<String> allowed) {
    if (!allowed.contains(given == null ? "" : given)) {
      throw new IllegalArgumentException(
          what + " '" + given + "' is none of " + allowed.stream().sorted().toList());
    }
  }

  private static void requireLimit(Money limit) {
    if (limit != null && limit.isNegative()) {
      throw new IllegalArgumentException(
          "amount limit " + limit + " is below zero: write 0.00 or more, or nothing for no limit");
    }
  }

  private static String words(Money limit) {
    return limit == null ? "none" : limit.amount().toPlainString();
  }

  private static String mails(boolean digest, boolean failures) {
    return "digest " + (digest ? "on" : "off") + ", failures " + (failures ? "on" : "off");
  }

  private static String procore(Long id, String login) {
    return (id == null ? "" : id) + (login == null ? "" : " " + login);
  }
}
