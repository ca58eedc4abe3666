package dev.lightning.app.faults;

import dev.lightning.providers.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into databases past everybody who owns them. */
final class Databases {
    /** Each event is kept twice, to be found and to be listed; both must say the same in one snapshot. */
    private static final String EVENTS_THAT_DISAGREE = """
            with found as (
                select properties::jsonb ->> 'id' id, properties::jsonb ->> 'status' status from entities
                where kind = 'events' and row_key like 'e:%'),
            listed as (
                select properties::jsonb ->> 'id' id, properties::jsonb ->> 'status' status from entities
                where kind = 'events' and row_key like 'i:%')
            select coalesce(found.id, listed.id), found.status, listed.status
            from found full join listed on found.id = listed.id
            where found.status is distinct from listed.status""";

    private Databases() {}

    /** What SQLite itself says of the file and its write-ahead log. */
    static String integrityOfSqlite(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma integrity_check")) {
            return answer.getString(1);
        }
    }

    static List<String> entitiesThatDisagree(PostgresServer server, String url) throws SQLException {
        List<String> disagreeing = new ArrayList<>();
        try (Connection connection = server.connect(url.substring(url.lastIndexOf('/') + 1));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(EVENTS_THAT_DISAGREE)) {
            while (answer.next()) {
                disagreeing.add(answer.getString(1) + ": " + answer.getString(2) + ", " + answer.getString(3));
            }
        }
        return disagreeing;
    }
}
