package io.tieback.flow;

import io.tieback.erp.ErpFiles;
import io.tieback.erp.Presence;
import io.tieback.ledger.DocumentFiles;
import io.tieback.ledger.DocumentFiles.NotAttached;
import io.tieback.ledger.DocumentFiles.Waiting;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.WorkItem;
import io.tieback.notice.Notifier;
import io.tieback.procore.RequisitionFiles.RequisitionFile;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.LastMoment;
import io.tieback.wire.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of written invoices onto their bills and credit notes, each once (TB-INV-12). The
 * document's own list of files says what is there already, so that a lost answer leads to no second
 * file. Nothing that happens here touches the invoice or pauses the connection; what cannot go is
 * told in one mail a document.
 */
public final class AttachedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(AttachedFiles.class);
  private static final String BY_HAND = "Attach it to the document by hand.";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final Notifier notifier;
  private final Clock clock;

  /** Wires it. */
  public AttachedFiles(Ledger ledger, ConnectionRooms rooms, Notifier notifier, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.notifier = notifier;
    this.clock = clock;
  }

  /** One turn for every connection that wants files to go along. */
  public void attach() {
    for (ConnectionRoom room : rooms.all()) {
      if (room.invoices().files()) {
        Backlog.workOff(clock, () -> next(room));
      }
    }
  }

  private boolean next(ConnectionRoom room) {
    var waiting = ledger.documentFiles().claim(room.id(), lease(room));
    waiting.ifPresent(document -> go(room, document));
    return waiting.isPresent();
  }

  /** A file may take as long to read as to write. */
  private static Duration lease(ConnectionRoom room) {
    return room.times().writeLease().plus(room.procore().settings().timeout());
  }

  private void go(ConnectionRoom room, Waiting document) {
    WorkItem item = ledger.workItems().find(document.item()).orElseThrow();
    if (item.state() == ItemState.UNLINKED || !document.erpId().equals(item.erpId())) {
      ledger.documentFiles().finished(document, "The invoice no longer belongs to this document.");
      return;
    }
    try {
      List<RequisitionFile> files =
          room.client().requisitionFiles().of(item.projectId(), item.procoreId());
      Set<Long> settled = ledger.documentFiles().settled(document);
      if (settled.containsAll(files.stream().map(RequisitionFile::id).toList())
          || new Turn(room, document).take(files, settled)) {
        over(room, document, item);
      }
    } catch (Failure failure) {
      failed(room, document, item, failure);
    }
  }

  /** One document's files, as far as they go. */
  private final class Turn {
    private final ConnectionRoom room;
    private final Waiting document;
    private final ErpFiles erp;
    private final Map<String, Long> there = new HashMap<>();
    private int count;

    Turn(ConnectionRoom room, Waiting document) {
      this.room = room;
      this.document = document;
      this.erp = room.erp().files();
    }

    /** Gives whether it is still this node's document. */
    boolean take(List<RequisitionFile> files, Set<Long> settled) {
      Presence presence =
          room.erp().presence(new Presence.Asked(document.erpKind(), document.erpId(), List.of()));
      if (presence.there()) {
        List<ErpFiles.OnDocument> held = erp.on(document.erpKind(), document.erpId());
        held.forEach(file -> there.put(key(file.name()), file.bytes()));
        count = held.size();
      }
      Set<String> names = new HashSet<>();
      for (RequisitionFile file : files) {
        boolean first = names.add(key(file.name()));
        if (settled.contains(file.id())) {
          continue;
        }
        if (!presence.there()) {
          refuse(
              file,
              "the document is " + presence.status() + " in the ERP",
              "Nothing, if that was meant; else correct the document, and attach the file by"
                  + " hand.");
        } else if (!first) {
          refuse(file, "another file of the invoice has the same name", BY_HAND);
        } else if (!one(file)) {
          return false;
        }
      }
      return true;
    }

    private boolean one(RequisitionFile file) {
      var objection = erp.objection(file.name());
      if (objection.isPresent()) {
        refuse(file, objection.get().found(), objection.get().remedy());
        return true;
      }
      Long held = there.get(key(file.name()));
      if (held == null && count >= erp.mostFiles()) {
        refuse(
            file,
            "the document has " + count + " files; " + erp.mostFiles() + " are the most",
            BY_HAND);
        return true;
      }
      try {
        return send(file, held);
      } catch (Failure failure) {
        switch (failure.kind()) {
          case REFUSED, CONFLICT, DEFECT ->
              refuse(
                  file,
                  failure.getMessage(),
                  failure.remedy().isBlank() ? BY_HAND : failure.remedy());
          default -> throw failure;
        }
        return true;
      }
    }

    private boolean send(RequisitionFile file, Long held) {
      byte[] bytes = room.client().requisitionFiles().download(file, erp.mostBytes());
      if (bytes.length == 0) {
        refuse(file, "it is empty", "Nothing: there is nothing to attach.");
      } else if (held != null && held != bytes.length) {
        refuse(
            file,
            "the document has a file of that name with "
                + held
                + " bytes; this one has "
                + bytes.length,
            "Compare the two, and attach this one by hand under another name if it is wanted.");
      } else {
        if (held == null) {
          // From here on: whoever finds this lease over takes the document.
          LastMoment lastMoment = LastMoment.in(room.times().leavesWithin());
          if (!ledger.documentFiles().hold(document, lease(room))) {
            return false;
          }
          erp.attach(document.erpKind(), document.erpId(), file.name(), bytes, lastMoment);
          count++;
          there.put(key(file.name()), (long) bytes.length);
        }
        ledger.documentFiles().attached(document, file.id(), file.name(), bytes.length);
        LOG.info(
            "file attached connection='{}' document='{}' file='{}' bytes='{}' wasThere='{}'",
            room.id(),
            document.erpId(),
            file.name(),
            bytes.length,
            held != null);
      }
      return true;
    }

    private void refuse(RequisitionFile file, String found, String remedy) {
      String name = file.name() == null ? "file " + file.id() : file.name();
      LOG.warn(
          "file not attached connection='{}' document='{}' file='{}' why='{}'",
          room.id(),
          document.erpId(),
          name,
          Redaction.text(found));
      ledger
          .documentFiles()
          .notAttached(document, file.id(), new NotAttached(name, Redaction.text(found), remedy));
    }
  }

  private static String key(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  /** All of its files went or failed: those that failed are told in one mail. */
  private void over(ConnectionRoom room, Waiting document, WorkItem item) {
    ledger.together(
        () -> {
          List<NotAttached> failed = ledger.documentFiles().failed(document);
          if (!failed.isEmpty()) {
            String message =
                failed.stream()
                    .map(file -> file.name() + ": " + file.message() + ". " + file.remedy())
                    .collect(Collectors.joining("\n"));
            tell(
                room,
                document,
                item,
                failed.size() + " of its files did not go along:\n" + message);
          }
          ledger
              .documentFiles()
              .finished(document, failed.isEmpty() ? null : failed.size() + " files did not go");
          return null;
        });
  }

  private void failed(ConnectionRoom room, Waiting document, WorkItem item, Failure failure) {
    DocumentFiles files = ledger.documentFiles();
    String why = Redaction.text(failure.getMessage());
    int attempts = document.attempts() + 1;
    boolean gaveUp =
        switch (failure.kind()) {
          case THROTTLED, CREDENTIALS -> false;
          case TRANSIENT, UNKNOWN -> attempts >= room.times().attempts();
          case REFUSED, CONFLICT, DEFECT -> true;
        };
    LOG.warn(
        "files do not go connection='{}' document='{}' kind='{}' again='{}' why='{}'",
        room.id(),
        document.erpId(),
        failure.kind(),
        !gaveUp,
        why);
    if (gaveUp) {
      ledger.together(
          () -> {
            tell(room, document, item, "Its files did not go along: " + why);
            files.finished(document, why);
            return null;
          });
      return;
    }
    boolean credentials = failure.kind() == FailureKind.CREDENTIALS;
    if (credentials) {
      // Not a reason to pause the connection: bills need no right to files.
      notifier.remark(
          room.id(),
          inWords(item),
          "Its files cannot go along: " + why,
          failure.remedy()
              + " Xero wants accounting.attachments in xero.scopes; './tieback doctor' says whether"
              + " it is there. The files go by themselves then.",
          "files " + LocalDate.ofInstant(clock.instant(), room.zone()));
    }
    Duration wait =
        credentials
            ? room.times().waitingRecheck()
            : failure.retryAfter().orElseGet(() -> room.times().backoff().after(attempts));
    if (failure.kind() == FailureKind.UNKNOWN && wait.compareTo(room.times().settle()) < 0) {
      wait = room.times().settle();
    }
    boolean counts =
        failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.UNKNOWN;
    files.later(document, clock.instant().plus(wait), why, counts);
  }

  private void tell(ConnectionRoom room, Waiting document, WorkItem item, String message) {
    notifier.remark(
        room.id(),
        inWords(item),
        message,
        "The invoice itself is written and complete. The files are in Procore, at the invoice.",
        "files " + document.erpId());
  }

  private static String inWords(WorkItem item) {
    return InvoicePreparation.inWords(item.procoreId(), Json.read(item.event()));
  }
}
