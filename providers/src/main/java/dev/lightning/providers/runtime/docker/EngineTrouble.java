package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerException;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The one table that says which of the engine's errors may pass and which will not. */
final class EngineTrouble {
    private static final int LONGEST_REASON = 300;
    private static final List<String> DISK_FULL = List.of("no space left", "disk quota exceeded");
    private static final String NOT_A_NAME = "invalid reference format";
    private static final List<String> MAY_PASS = List.of(
            "dial tcp",
            "timeout",
            "connection re",
            "no such host",
            "tls handshake",
            "toomanyrequests",
            "eof",
            "unavailable");

    private static final Pattern LOST_PROCESS = Pattern.compile("/proc/\\d+/ns/\\w+: no such file");

    private static final Duration UNTIL_NOTED = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final String host;
    private final Duration untilNoted;

    EngineTrouble(String host) {
        this(host, UNTIL_NOTED);
    }

    EngineTrouble(String host, Duration untilNoted) {
        this.host = host;
        this.untilNoted = untilNoted;
    }

    /** Makes a call that may be made again, which it is while the engine has not noted yet that a process has ended. */
    <T> T tell(Supplier<T> call) {
        long until = System.nanoTime() + untilNoted.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (RunRejectedException | RuntimeUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!hasEndedMeanwhile(e) || System.nanoTime() > until) {
                    throw told(e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    void tell(Runnable call) {
        tell(() -> {
            call.run();
            return true;
        });
    }

    RuntimeException told(RuntimeException trouble) {
        String reason = reason(trouble);
        if (hasAny(reason, DISK_FULL)) {
            return new RuntimeUnavailableException(
                    "The disk of the container engine is full; free some space or remove unused images", trouble);
        }
        if (reason.contains("/bin/sh") && (reason.contains("no such file") || reason.contains("not found"))) {
            return new RunRejectedException("The image has no /bin/sh, through which a run gets its input", trouble);
        }
        if (reason.contains(NOT_A_NAME)) {
            return new RunRejectedException("What is named as the image is not the name of one: " + reason, trouble);
        }
        if (trouble instanceof BadRequestException) {
            return new RunRejectedException("The container engine refuses the run: " + reason, trouble);
        }
        if (trouble instanceof DockerException) {
            return new RuntimeUnavailableException("The container engine failed: " + reason, trouble);
        }
        return new RuntimeUnavailableException(
                "The container engine at " + host + " cannot be reached; start it, or set DOCKER_HOST", trouble);
    }

    /** What a failed fetch of an image means: a registry that is away may come back, a missing image will not. */
    RuntimeException fetching(String image, RuntimeException trouble) {
        String reason = reason(trouble);
        if (hasAny(reason, DISK_FULL) || reason.contains(NOT_A_NAME)) {
            return told(trouble);
        }
        if (hasAny(reason.toLowerCase(Locale.ROOT), MAY_PASS)) {
            return new RuntimeUnavailableException(
                    "The image " + image + " is not there and its registry cannot be reached", trouble);
        }
        return new RunRejectedException("The image " + image + " cannot be fetched: " + reason, trouble);
    }

    static RunRejectedException missing(String image, Throwable trouble) {
        return new RunRejectedException("There is no image " + image, trouble);
    }

    /** Podman refuses to kill what is about to end by itself, which an inspection may still see running. */
    static boolean hasNoProcessToKill(DockerException trouble) {
        return String.valueOf(trouble.getMessage()).contains("container state improper") || hasLostItsProcess(trouble);
    }

    /**
     * Podman looks into the folder of a running container by way of its process. With no room to note that this has
     * ended it takes the container for running for ever.
     */
    static boolean hasLostItsProcess(RuntimeException trouble) {
        return LOST_PROCESS.matcher(String.valueOf(trouble.getMessage())).find();
    }

    /** Podman reads of a running container's process from /proc, and fails if it is gone by then. */
    private static boolean hasEndedMeanwhile(RuntimeException trouble) {
        return trouble instanceof DockerException
                && (String.valueOf(trouble.getMessage()).contains("no such process") || hasLostItsProcess(trouble));
    }

    /** Podman cannot show the end of a log while a line of it is being written. */
    static boolean isHalfWritten(RuntimeException trouble) {
        return String.valueOf(trouble.getMessage()).contains("is not a valid container log line");
    }

    private static boolean hasAny(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }

    private static String reason(Throwable trouble) {
        String message = String.valueOf(trouble.getMessage()).replaceAll("\\s+", " ");
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON) + "...";
    }
}
