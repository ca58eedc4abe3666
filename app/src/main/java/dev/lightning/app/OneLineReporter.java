package dev.lightning.app;

import dev.lightning.app.settings.StartFailure;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** Turns a failed start into a line for each thing to do; what nobody can act on keeps its stack trace. */
final class OneLineReporter implements SpringBootExceptionReporter {
    /** Spring makes it with the context, which this class does not need. */
    OneLineReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        Optional<StartFailure> reason = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> asStartFailure(cause).stream())
                .findFirst();
        reason.ifPresent(OneLineReporter::print);
        return reason.isPresent();
    }

    static void print(StartFailure failure) {
        String.valueOf(failure.getMessage()).lines().forEach(OneLineReporter::tell);
    }

    /** Says what takes long while nothing else can be seen. */
    static void tell(String what) {
        System.err.println("lightning: " + what);
    }

    /** Says what a command was asked for. */
    static void say(String line) {
        System.out.println(line);
    }

    /** A setting that one of our own classes refuses names its variable in the message. */
    private static boolean isOurs(IllegalArgumentException refusal) {
        StackTraceElement[] stack = refusal.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith("dev.lightning.");
    }

    private static Optional<StartFailure> asStartFailure(Throwable cause) {
        return switch (cause) {
            case StartFailure ours -> Optional.of(ours);
            case IllegalArgumentException refusal
            when isOurs(refusal) -> Optional.of(new StartFailure(String.valueOf(refusal.getMessage()), refusal));
            case PortInUseException taken ->
                Optional.of(new StartFailure(
                        "port %d is taken; set PORT or METRICS_PORT to another one, or to 0 for any"
                                .formatted(taken.getPort()),
                        taken));
            default -> Optional.empty();
        };
    }
}
