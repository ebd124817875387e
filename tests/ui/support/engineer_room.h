#pragma once

#include "console_services.h"

#include <QtGlobal>

namespace leedswatch::tests {

/// An estate of one camera, 42, Briggate, and people with one password; the engineer is signed in.
struct EngineerRoom : ConsoleServices {
    static constexpr const char* kPassword = "owl on the hall";

    EngineerRoom() {
        const auto root = access::Acting::commandLine();
        check(cameras.importCsv(root, "number,name,main_url\n42,Briggate,rtsp://127.0.0.1:1/main\n"));
        check(people.add(root, "ada", "Ada Whitaker", access::Role::Administrator, kPassword, false));
        check(people.add(root, "ed", "Ed Shaw", access::Role::Engineer, kPassword, false));
        check(people.add(root, "olive", "Olive Marsden", access::Role::Operator, kPassword, false));
        signInAs("ed");
    }
    template <typename Result>
    static void check(const Result& result) {
        if (!result) {
            qFatal("%s", result.error().message.c_str());
        }
    }
    void signInAs(const char* name) { context.acting = people.signIn(name, kPassword, "desk 1").value(); }
    [[nodiscard]] estate::Camera camera() { return cameras.find(42).value(); }
};

}  // namespace leedswatch::tests
