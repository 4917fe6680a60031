package io.tieback.erp;

import io.tieback.wire.LastMoment;
import java.util.List;
import java.util.Optional;

/** Files on documents that an ERP has (TB-INV-12). Nothing here replaces or removes a file. */
public interface ErpFiles {

  /** Most files on one document, those included that others put there. */
  int mostFiles();

  /** Most bytes of one file. */
  long mostBytes();

  /** Why the ERP does not take a file of that name, with the remedy; empty when it does. */
  Optional<Objection> objection(String fileName);

  /**
   * What is wrong with a file.
   *
   * @param found what was found, and the limit
   * @param remedy what a person can do
   */
  record Objection(String found, String remedy) {}

  /**
   * A file on a document.
   *
   * @param name its name
   * @param bytes its length
   */
  record OnDocument(String name, long bytes) {}

  /**
   * The files on a document.
   *
   * @param kind {@code bill} or {@code credit_note}
   * @param key the ERP's key of the document
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  List<OnDocument> on(String kind, String key);

  /**
   * Puts a file onto a document. Ask {@link #on} first: it must not have one of that name.
   *
   * @param lastMoment until when the bytes may leave
   * @throws io.tieback.wire.Failure UNKNOWN when nobody knows whether it was put there
   */
  void attach(String kind, String key, String fileName, byte[] bytes, LastMoment lastMoment);
}
