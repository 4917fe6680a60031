package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.procore.Fields;
import io.tieback.procore.PublicRecords;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.wire.Failure;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names and mail addresses of the people that records name by id: one list of the company's users a
 * round, and only when a record that is new names somebody.
 */
final class DoorPeople {

  private static final Logger LOG = LoggerFactory.getLogger(DoorPeople.class);

  private final PublicRecords procore;
  private Map<Long, Author> people;

  DoorPeople(PublicRecords procore) {
    this.procore = procore;
  }

  /** The person with name and mail address, as far as Procore shows them. */
  Author of(Author author) {
    if (author.userId() == null || author.mail() != null) {
      return author;
    }
    return users().getOrDefault(author.userId(), author);
  }

  private Map<Long, Author> users() {
    if (people == null) {
      people = new HashMap<>();
      try {
        for (JsonNode user : procore.users()) {
          long id = Fields.id(user, "id", "user");
          String mail = Fields.text(user, "email_address");
          people.put(
              id,
              new Author(
                  id, Fields.text(user, "name"), mail == null ? Fields.text(user, "login") : mail));
        }
      } catch (Failure failure) {
        // A name is for people only: records come without.
        LOG.info("names of Procore's users not shown why='{}'", failure.getMessage());
      }
    }
    return people;
  }
}
