package dev.lightning.app.faults;

import dev.lightning.app.faults.Caller.Answer;
import dev.lightning.app.faults.Journal.Line;
import dev.lightning.app.faults.Journal.Word;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Posts events of all kinds for as long as it may, some of them twice, and looks now and then what became of earlier ones. */
final class LoadClient {
    private static final int AT_ONCE = 16;
    private static final int MEAN_GAP_MILLIS = 180;

    /** Shorter than a post takes that Temporal's absence holds up, longer than one takes otherwise. */
    private static final Duration SHORT = Duration.ofMillis(1_000);

    private final Caller caller;
    private final Caller impatient;
    private final Journal journal;
    private final Random random;
    private final List<Wanted> posted = new ArrayList<>();
    private final Map<String, String> terminalStatesSeen = new ConcurrentHashMap<>();
    private final List<String> changedTheirEnd = Collections.synchronizedList(new ArrayList<>());

    /** An event that somebody wants handled. */
    record Wanted(String id, String type, Map<String, String> metadata) {}

    LoadClient(Caller caller, Journal journal, long seed) {
        this.caller = caller;
        this.impatient = caller.hangingUpAfter(SHORT);
        this.journal = journal;
        this.random = new Random(seed);
    }

    /** Returns when {@code enough} has been counted down, or so many requests were made, and all answers have come. */
    void run(CountDownLatch enough, int atMost) throws InterruptedException {
        Semaphore permits = new Semaphore(AT_ONCE);
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0;
                    n < atMost && !enough.await(random.nextInt(2 * MEAN_GAP_MILLIS), TimeUnit.MILLISECONDS);
                    n++) {
                Wanted next = next(n);
                Wanted earlier = posted.get(random.nextInt(posted.size()));
                boolean curious = n % 4 == 0;
                Caller poster = n % 3 == 0 ? impatient : caller;
                permits.acquire();
                requests.submit(() -> {
                    post(next, poster);
                    if (curious) {
                        look(earlier);
                    }
                    permits.release();
                });
            }
        }
    }

    /** Asks once; the journal says what came of it. */
    Word post(Wanted event) {
        return post(event, caller);
    }

    private Word post(Wanted event, Caller poster) {
        journal.note(new Line(Word.INVOKE, event.id(), event.type(), 0));
        Line end = answer(event, poster);
        journal.note(end);
        return end.word();
    }

    List<Wanted> posted() {
        return posted.stream().distinct().toList();
    }

    Map<String, String> terminalStatesSeen() {
        return terminalStatesSeen;
    }

    /** Events that were seen in one terminal state and later in another. */
    List<String> changedTheirEnd() {
        return changedTheirEnd;
    }

    /** Remembers the event's state if it is a terminal one. */
    void look(Wanted event) {
        String status = caller.statusOf(event.id());
        if (List.of("COMPLETED", "UNROUTED", "FAILED", "CANCELLED").contains(status)) {
            String before = terminalStatesSeen.putIfAbsent(event.id(), status);
            if (before != null && !before.equals(status)) {
                changedTheirEnd.add(event.id() + " was " + before + " and is " + status);
            }
        }
    }

    private Line answer(Wanted event, Caller poster) {
        try {
            Answer answer = poster.post(event.id(), event.type(), event.metadata());
            return new Line(answer.isGood() ? Word.OK : Word.FAIL, event.id(), event.type(), answer.status());
        } catch (UncheckedIOException noAnswer) {
            return new Line(Word.UNKNOWN, event.id(), event.type(), 0);
        }
    }

    private Wanted next(int n) {
        boolean again = !posted.isEmpty() && random.nextInt(100) < 15;
        Wanted event = again ? posted.get(random.nextInt(posted.size())) : fresh("e-" + n);
        posted.add(event);
        return event;
    }

    private Wanted fresh(String id) {
        int dice = random.nextInt(100);
        if (dice < 55) {
            return new Wanted(id, "llm.chat", Map.of("prompt", "What about " + id + "?"));
        }
        return dice < 85
                ? new Wanted(id, "user.message", Map.of("text", "Here is " + id))
                : new Wanted(id, "nobody.knows.this", Map.of("text", "Here is " + id));
    }
}
