#include "ui/shell/demo_people.h"

#include "ui/common/text.h"

#include <array>

namespace leedswatch::ui {

namespace {

struct Cast {
    const char* username;
    const char* fullName;
    access::Role role;
};

// An administrator comes first, because a store begins with one.
constexpr std::array<Cast, 4> cast{{{"demo-administrator", "Ada Whitaker", access::Role::Administrator},
                                    {"demo-supervisor", "Sam Okafor", access::Role::Supervisor},
                                    {"demo-operator", "Olive Marsden", access::Role::Operator},
                                    {"demo-engineer", "Ed Ramsden", access::Role::Engineer}}};

constexpr const char* knownWords = "owl on the hall";
constexpr const char* demoDesk = "demo desk";

}  // namespace

const std::vector<DemoPerson>& demoPeople() {
    static const std::vector<DemoPerson> people = [] {
        std::vector<DemoPerson> made;
        for (const Cast& person : cast) {
            made.push_back({QString::fromLatin1(person.username), QString::fromLatin1(person.fullName),
                            roleName(person.role), QString::fromLatin1(knownWords)});
        }
        return made;
    }();
    return people;
}

base::Result<void> addDemoPeople(access::People& people) {
    for (const Cast& person : cast) {
        TRY(people.add(access::Acting::commandLine(), person.username, person.fullName, person.role, knownWords,
                       false));
    }
    return {};
}

base::Result<access::Acting> signInDemoSupervisor(access::People& people) {
    return people.signIn("demo-supervisor", knownWords, demoDesk);
}

base::Result<access::Acting> signInDemoOperator(access::People& people) {
    return people.signIn("demo-operator", knownWords, demoDesk);
}

}  // namespace leedswatch::ui
