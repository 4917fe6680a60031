package io.tieback.platform;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;

/** Holds a database open until it is told to end; says its address. */
final class DatabaseHolder {

  private DatabaseHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (Database database = Database.open(TestSettings.of(Path.of(arguments[0])))) {
      System.out.println("open " + database.url());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while ("query".equals(in.readLine())) {
        try (Connection connection = database.dataSource().getConnection()) {
          System.out.println("valid " + connection.isValid(5));
        }
      }
    }
    System.out.println("closed");
  }
}
