package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Query;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The files of a requisition (Procore reference section 12, {@code attachments[]}). Their addresses
 * are signed and expire, so they are read right before they are used and never kept.
 */
public final class RequisitionFiles {

  private static final String DOWNLOAD = "procore.download-file";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int MOST_HOPS = 3;

  private final ProcoreCalls calls;

  RequisitionFiles(ProcoreCalls calls) {
    this.calls = calls;
  }

  /**
   * A file as Procore lists it.
   *
   * @param id Procore's id of the file
   * @param name its name, with the ending that says what it is
   * @param address where it is, for a while; a secret, since it is signed
   */
  public record RequisitionFile(long id, String name, URI address) {
    /** Says nothing of the address. */
    @Override
    public String toString() {
      return "file '" + name + "' (" + id + ")";
    }
  }

  /** The files of a requisition as they are now, in Procore's order: one call. */
  public List<RequisitionFile> of(long projectId, long requisitionId) {
    String path =
        new Query()
            .with("project_id", projectId)
            .with("view", ProcoreSettings.RequisitionView.EXTENDED.word())
            .after("/rest/v1.1/requisitions/" + requisitionId);
    List<RequisitionFile> files = new ArrayList<>();
    for (JsonNode row : calls.get("procore.list-files", path).path("attachments")) {
      String of = "file of requisition " + requisitionId;
      long id = Fields.id(row, "id", of);
      String name = Fields.text(row, "filename");
      files.add(
          new RequisitionFile(
              id,
              name == null ? Fields.text(row, "name") : name,
              address(Fields.text(row, "url"), id)));
    }
    return files;
  }

  private static URI address(String url, long id) {
    try {
      return URI.create(Objects.requireNonNullElse(url, ""));
    } catch (IllegalArgumentException e) {
      throw refused(
          "the address of file " + id + " is none", "Attach the file to the document by hand.");
    }
  }

  /**
   * The bytes of a file. Our token goes to Procore's own host only; storage elsewhere is reached by
   * the signed address alone.
   *
   * @param most most bytes that are taken
   * @throws Failure REFUSED when it is longer, is gone or has an address that is not safe;
   *     TRANSIENT when the storage does not give it, such as after its address expired
   */
  public byte[] download(RequisitionFile file, long most) {
    URI at = file.address();
    for (int hop = 0; hop <= MOST_HOPS; hop++) {
      requireSafe(file, at);
      HttpAnswer answer =
          isProcores(at) ? calls.bytes(DOWNLOAD, at, most) : calls.foreignBytes(DOWNLOAD, at, most);
      if (answer.ok()) {
        return answer.body();
      }
      if (answer.status() < 300 || answer.status() > 399) {
        throw new Failure(
            FailureKind.TRANSIENT,
            answer.status(),
            "the storage at " + at.getHost() + " answered " + answer.status() + " for " + file,
            "",
            null,
            null);
      }
      at = next(file, at, answer);
    }
    throw refused(
        file + " is behind more than " + MOST_HOPS + " redirections",
        "Attach the file to the document by hand.");
  }

  private static URI next(RequisitionFile file, URI at, HttpAnswer answer) {
    URI next;
    try {
      next = at.resolve(answer.header("location").orElse(""));
    } catch (IllegalArgumentException e) {
      throw refused(
          file + " is redirected to no address", "Attach the file to the document by hand.");
    }
    if (!Objects.equals(at.getScheme(), next.getScheme())) {
      throw refused(
          file + " is redirected from " + at.getScheme() + " to " + next.getScheme(),
          "Attach the file to the document by hand.");
    }
    return next;
  }

  private static void requireSafe(RequisitionFile file, URI at) {
    String host = at.getHost() == null ? "" : at.getHost().toLowerCase(Locale.ROOT);
    boolean safe =
        "https".equals(at.getScheme()) && !host.isEmpty()
            || "http".equals(at.getScheme()) && LOOPBACK.contains(host);
    if (!safe) {
      throw refused(
          file + " has an address of " + at.getScheme() + "://" + host + ", which is not https",
          "Attach the file to the document by hand.");
    }
  }

  /** Scheme, host and port: a token must not go to another service of the same machine. */
  private boolean isProcores(URI at) {
    URI own = calls.connection().apiUrl();
    return own.getScheme().equalsIgnoreCase(at.getScheme())
        && own.getHost().equalsIgnoreCase(at.getHost())
        && port(own) == port(at);
  }

  private static int port(URI at) {
    return at.getPort() >= 0 ? at.getPort() : "https".equals(at.getScheme()) ? 443 : 80;
  }

  private static Failure refused(String what, String remedy) {
    return Failure.of(FailureKind.REFUSED, what, remedy);
  }
}
