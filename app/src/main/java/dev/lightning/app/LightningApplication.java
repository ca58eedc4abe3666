package dev.lightning.app;

import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts the product, or only looks whether it could. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class LightningApplication {
    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("doctor", "--azure"))) {
            boolean well = Launch.looking(
                    System.getenv(),
                    (settings, resolved) -> new AzureDoctor(settings, resolved, OneLineReporter::say).examine(),
                    failure -> AzureDoctor.refuse(failure, OneLineReporter::say));
            System.exit(well ? 0 : 1);
        }
        Launch.of(LightningApplication.class).run(arguments);
    }
}
