#include "dispatch/officers.h"
#include "ui/common/card_list.h"
#include "ui/common/text.h"
#include "ui/dispatch/ask_form.h"
#include "ui/dispatch/attendance_dialog.h"
#include "ui/dispatch/dispatch_page.h"
#include "ui/dispatch/dispatch_text.h"
#include "ui/dispatch/job_sheet_dialog.h"
#include "ui/dispatch/key_questions.h"
#include "ui/dispatch/key_register_dialog.h"

#include <QSpinBox>
#include <algorithm>
#include <limits>
#include <memory>

// What the page asks before it does something that needs words.

namespace leedswatch::ui {

using dispatch::Job;
using dispatch::Unit;
using dispatch::UnitId;
using dispatch::UnitStatus;

namespace {

constexpr int usualTarget = 20;
constexpr int longestTargetMinutes = 1'440;

std::string wordsOf(const QLineEdit* line) {
    return fromQt(line->text().trimmed());
}

std::optional<UnitId> unitOf(const QComboBox* choice) {
    const qint64 id = choice->currentData().toLongLong();
    return id == 0 ? std::nullopt : std::optional{UnitId{id}};
}

}  // namespace

void DispatchPage::askForUnit() {
    const Job* job = chosenJob();
    if (job == nullptr || !m_board->maySend()) {
        return;
    }
    auto* unit = makeUnitChoice(m_board->snapshot(), {});
    auto* words = makeLine("assignLineEdit",
                           job->unit ? QStringLiteral("Why another unit gets it") : QStringLiteral("Anything to say"));
    openForm(
        m_context,
        {QStringLiteral("Give job %1 to a unit").arg(job->id.value()),
         job->unit ? QStringLiteral("%1. Whoever has it is stood down.").arg(stateOfJobText(*job)) : toQt(job->place),
         QStringLiteral("Unit and words"), QStringLiteral("Give it")},
        makeForm({{QStringLiteral("Unit"), unit}, {QStringLiteral("Words"), words}}),
        [id = job->id, unit, words]() -> DispatchWork {
            return [id, to = unitOf(unit), text = wordsOf(words)](DispatchDesk& desk) -> base::Result<void> {
                if (!to) {
                    return base::fail(base::ErrorCode::InvalidInput, "put a unit on duty first (Alt+D)");
                }
                TRY(desk.jobs.assign(desk.acting, id, *to, text));
                return {};
            };
        },
        this);
}

void DispatchPage::askForReport() {
    const Job* job = chosenJob();
    if (job == nullptr) {
        return;
    }
    auto* found = makeLine("foundLineEdit", QStringLiteral("What was found"));
    auto* actions = makeLine("actionsLineEdit", QStringLiteral("What was done"));
    auto* secure = new QComboBox;
    secure->setObjectName(QStringLiteral("secureComboBox"));
    secure->addItem(QStringLiteral("Choose…"));
    secure->addItem(QStringLiteral("Yes, left secure"), true);
    secure->addItem(QStringLiteral("No, NOT secure"), false);
    auto* handed = makeLine("handedLineEdit", QStringLiteral("Police, keyholder, …; empty: nobody"), 200);
    openForm(
        m_context,
        {QStringLiteral("Job %1 is finished").arg(job->id.value()), toQt(job->place), QStringLiteral("Report"),
         QStringLiteral("Finish it")},
        makeForm({{QStringLiteral("Found"), found},
                  {QStringLiteral("Done"), actions},
                  {QStringLiteral("Secure"), secure},
                  {QStringLiteral("Handed to"), handed}}),
        [id = job->id, found, actions, secure, handed]() -> DispatchWork {
            dispatch::JobReport report{wordsOf(found), wordsOf(actions), {}, wordsOf(handed)};
            if (secure->currentIndex() > 0) {
                report.leftSecure = secure->currentData().toBool();
            }
            return [id, report](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.jobs.finish(desk.acting, id, report));
                return {};
            };
        },
        this);
}

void DispatchPage::addJob() {
    addJobFor(std::nullopt);
}

void DispatchPage::addJobFor(std::optional<UnitId> unit) {
    if (!m_board->maySend()) {
        return;
    }
    auto* premises =
        makeLine("jobPremisesLineEdit", QStringLiteral("Reference of the premises, or a place in words"), 400);
    auto* reason = makeLine("jobReasonLineEdit", QStringLiteral("Why somebody is sent"));
    auto* instructions = makeLine("jobInstructionsLineEdit", QStringLiteral("What is to be done there"));
    auto* choice = makeUnitChoice(m_board->snapshot(), QStringLiteral("Nobody yet"));
    if (unit) {
        choice->setCurrentIndex(std::max(0, choice->findData(static_cast<qint64>(unit->value()))));
    }
    auto* priority = new QSpinBox;
    priority->setObjectName(QStringLiteral("jobPrioritySpinBox"));
    priority->setRange(1, 5);
    priority->setValue(3);
    auto* target = makeMinutes("jobTargetSpinBox", usualTarget, longestTargetMinutes);
    openForm(
        m_context,
        {QStringLiteral("New job"),
         QStringLiteral("Somebody is sent, or the job waits for a unit."),
         {},
         QStringLiteral("Create it")},
        makeForm({{QStringLiteral("Where"), premises},
                  {QStringLiteral("Why"), reason},
                  {QStringLiteral("Instructions"), instructions},
                  {QStringLiteral("Unit"), choice},
                  {QStringLiteral("Priority"), priority},
                  {QStringLiteral("There within"), target}}),
        [premises, reason, instructions, choice, priority, target]() -> DispatchWork {
            dispatch::NewJob wanted;
            wanted.reason = wordsOf(reason);
            wanted.instructions = wordsOf(instructions);
            wanted.unit = unitOf(choice);
            wanted.priority = priority->value();
            wanted.target = std::chrono::minutes{target->value()};
            return [wanted, where = wordsOf(premises)](DispatchDesk& desk) mutable -> base::Result<void> {
                TRY_ASSIGN(wanted.premises, premisesCalled(desk, where));
                wanted.place = wanted.premises ? std::string{} : where;
                if (wanted.premises) {
                    TRY_ASSIGN(wanted.keys, keysThatAreThere(desk, *wanted.premises));
                }
                TRY(desk.jobs.create(desk.acting, wanted));
                return {};
            };
        },
        this);
}

void DispatchPage::standDown() {
    const Job* job = chosenJob();
    if (job == nullptr) {
        return;
    }
    auto* why = makeLine("standDownLineEdit", QStringLiteral("Why"));
    openForm(
        m_context,
        {QStringLiteral("Stand %1 down").arg(toQt(job->callSign)),
         QStringLiteral("Job %1 waits for another unit.").arg(job->id.value()), QStringLiteral("Why"),
         QStringLiteral("Stand down")},
        why,
        [id = job->id, why]() -> DispatchWork {
            return [id, text = wordsOf(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.jobs.standDown(desk.acting, id, text));
                return {};
            };
        },
        this);
}

void DispatchPage::cancelJob() {
    const Job* job = chosenJob();
    if (job == nullptr) {
        return;
    }
    auto* why = makeLine("cancelJobLineEdit", QStringLiteral("Why nobody is wanted any more"));
    openForm(
        m_context,
        {QStringLiteral("Cancel job %1").arg(job->id.value()),
         job->unit ? QStringLiteral("Tell %1 first that it is not wanted.").arg(toQt(job->callSign)) : toQt(job->place),
         QStringLiteral("Why"), QStringLiteral("Cancel the job")},
        why,
        [id = job->id, why]() -> DispatchWork {
            return [id, text = wordsOf(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.jobs.cancel(desk.acting, id, text));
                return {};
            };
        },
        this);
}

void DispatchPage::addNote() {
    const Job* job = chosenJob();
    if (job == nullptr) {
        return;
    }
    auto* words = makeLine("jobNoteLineEdit", QStringLiteral("What happened, what was said"));
    openForm(
        m_context,
        {QStringLiteral("Note"), QStringLiteral("A line in the record of job %1.").arg(job->id.value()),
         QStringLiteral("Note"), QStringLiteral("Write it")},
        words,
        [id = job->id, words]() -> DispatchWork {
            return [id, text = wordsOf(words)](DispatchDesk& desk) { return desk.jobs.note(desk.acting, id, text); };
        },
        this);
}

void DispatchPage::changeDuty() {
    const Unit* unit = chosenUnit();
    if (unit == nullptr) {
        return;
    }
    unit->status == UnitStatus::OffDuty ? goOnDuty(*unit) : goOffDuty(*unit);
}

void DispatchPage::goOnDuty(const Unit& unit) {
    // Who can be in it is asked of the store first: there may be many officers, and their licences change.
    m_board->act(
        [](DispatchDesk& desk) { return dispatch::Officers{desk.database}.list(desk.acting); },
        [this, unit](const base::Result<std::vector<dispatch::Officer>>& officers) {
            if (!officers) {
                showMessage(sentenceOf(officers.error()));
                return;
            }
            auto* first = new QComboBox;
            first->setObjectName(QStringLiteral("officerComboBox"));
            auto* second = new QComboBox;
            second->setObjectName(QStringLiteral("secondOfficerComboBox"));
            first->addItem(QStringLiteral("Choose…"), qint64{0});
            second->addItem(QStringLiteral("Alone"), qint64{0});
            for (const dispatch::Officer& officer : *officers) {
                const bool isGood = dispatch::licenceProblem(officer, m_context.clock.now()).empty();
                const QString text = toQt(officer.name) + (isGood ? QString{} : QStringLiteral(", NO VALID LICENCE"));
                for (QComboBox* choice : {first, second}) {
                    choice->addItem(text, static_cast<qint64>(officer.id.value()));
                }
            }
            for (std::size_t index = 0; index < unit.crew.size() && index < 2; ++index) {
                QComboBox* choice = index == 0 ? first : second;
                choice->setCurrentIndex(
                    std::max(0, choice->findData(static_cast<qint64>(unit.crew[index].id.value()))));
            }
            auto* words =
                makeLine("unlicensedLineEdit", QStringLiteral("Only if a licence does not hold: why they go"));
            openForm(
                m_context,
                {QStringLiteral("%1 on duty").arg(toQt(unit.callSign)),
                 QStringLiteral("Who is in it. Nobody works without a licence that holds unless it is said why."),
                 QStringLiteral("Crew"), QStringLiteral("On duty")},
                makeForm({{QStringLiteral("Officer"), first},
                          {QStringLiteral("With"), second},
                          {QStringLiteral("Licence"), words}}),
                [id = unit.id, first, second, words]() -> DispatchWork {
                    std::vector<dispatch::OfficerId> crew;
                    for (const QComboBox* choice : {first, second}) {
                        if (const qint64 officer = choice->currentData().toLongLong(); officer != 0) {
                            crew.emplace_back(officer);
                        }
                    }
                    return [id, crew, text = wordsOf(words)](DispatchDesk& desk) -> base::Result<void> {
                        if (crew.empty()) {
                            return base::fail(base::ErrorCode::InvalidInput, "choose who is in the unit");
                        }
                        TRY(desk.units.goOnDuty(desk.acting, id, crew, text));
                        return {};
                    };
                },
                this);
        });
}

void DispatchPage::goOffDuty(const Unit& unit) {
    auto* why = makeLine("offDutyLineEdit", QStringLiteral("Only if it has jobs or keys: why"));
    openForm(
        m_context,
        {QStringLiteral("%1 off duty").arg(toQt(unit.callSign)),
         QStringLiteral("Jobs that it leaves wait for another unit; keys stay issued to it."), QStringLiteral("Why"),
         QStringLiteral("Off duty")},
        why,
        [id = unit.id, why]() -> DispatchWork {
            return [id, text = wordsOf(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.units.goOffDuty(desk.acting, id, text));
                return {};
            };
        },
        this);
}

void DispatchPage::askWhyUnavailable(const Unit& unit) {
    auto* why = makeLine("unavailableLineEdit", QStringLiteral("A break, the vehicle, …"));
    openForm(
        m_context,
        {QStringLiteral("%1 cannot be sent").arg(toQt(unit.callSign)),
         QStringLiteral("It stays on duty, and gets no jobs until it is available again."), QStringLiteral("Why"),
         QStringLiteral("Unavailable")},
        why,
        [id = unit.id, why]() -> DispatchWork {
            return [id, text = wordsOf(why)](DispatchDesk& desk) -> base::Result<void> {
                TRY(desk.units.setStatus(desk.acting, id, UnitStatus::Unavailable, text));
                return {};
            };
        },
        this);
}

void DispatchPage::takeBackKeys() {
    const auto chosen = m_keys->chosen();
    const auto& keys = m_board->snapshot().keys;
    const auto found =
        std::ranges::find_if(keys, [&](const dispatch::KeyBunch& bunch) { return bunch.id.value() == chosen; });
    if (found != keys.end() && m_board->maySend()) {
        askToTakeBack(m_context, *found, this);
    }
}

void DispatchPage::showRegister() {
    auto* dialog = new KeyRegisterDialog{m_context, window()};
    dialog->open();
}

void DispatchPage::showAttendance() {
    auto* dialog = new AttendanceDialog{m_context, window()};
    dialog->open();
}

void DispatchPage::chooseSheetFile() {
    if (m_loaded) {
        askForSheetFile(m_loaded->job.id, this, [this](const QString& file) { writeSheet(file); });
    }
}

void DispatchPage::findJob() {
    auto* number = new QSpinBox;
    number->setObjectName(QStringLiteral("jobNumberSpinBox"));
    number->setRange(1, std::numeric_limits<int>::max());
    number->selectAll();
    const auto found = std::make_shared<dispatch::JobSheet>();
    auto* dialog = openForm(
        m_context,
        {QStringLiteral("Find a job"), QStringLiteral("The sheet of any job, also of one that is over."),
         QStringLiteral("Number"), QStringLiteral("Show it")},
        number,
        [number, found]() -> DispatchWork {
            return [id = dispatch::JobId{number->value()}, found](DispatchDesk& desk) -> base::Result<void> {
                TRY_ASSIGN(*found, desk.jobs.sheet(desk.acting, id));
                return {};
            };
        },
        this);
    connect(dialog, &QDialog::accepted, this, [this, found] {
        auto* sheet = new JobSheetDialog{m_context, *found, window()};
        sheet->open();
    });
}

}  // namespace leedswatch::ui
