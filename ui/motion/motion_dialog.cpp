#include "ui/motion/motion_dialog.h"

#include "analytics/motion_plans.h"
#include "ui/common/tall_pane.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/zone_canvas.h"
#include "ui/motion/motion_picture.h"
#include "ui/motion/motion_profile_pane.h"
#include "ui/motion/schedule_field.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

using analytics::MotionPlan;

constexpr int settingsWidth = 392;
constexpr QSize largest{1480, 860};
constexpr int roomAround = 40;

QString textOf(const base::Error& error) {
    const QString advice = whatToDo(error.code);
    return sentenceOf(error) + (advice.isEmpty() ? QString{} : QLatin1Char{' '} + advice);
}

}  // namespace

MotionDialog::MotionDialog(ConsoleContext& context, const estate::Camera& camera, CameraStill::Source still,
                           QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_camera{camera},
      m_picture{new MotionPicture{this}},
      m_still{new CameraStill{context.privacy, camera.id, std::move(still), this}},
      m_isOn{new QCheckBox{QStringLiteral("Watch this camera for motion"), this}},
      m_profiles{new QTabWidget{this}},
      m_day{new MotionProfilePane{QStringLiteral("day"), QStringLiteral("What counts by day."), this}},
      m_night{new MotionProfilePane{QStringLiteral("night"),
                                    QStringLiteral("What counts while the picture is dark or has no colours."), this}},
      m_asByDay{new QPushButton{QStringLiteral("The same as by day"), this}},
      m_schedule{new ScheduleField{QStringLiteral("schedule"), QStringLiteral("Always"), this}},
      m_startsRecording{new QCheckBox{QStringLiteral("Starts recording where the recording plan takes events"), this}},
      m_alarms{new QCheckBox{QStringLiteral("Raises an alarm while armed"), this}},
      m_armed{
          new ScheduleField{QStringLiteral("armed"), QStringLiteral("Mon-Fri 19:00-07:00; Sat,Sun 00:00-00:00"), this}},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_cancel{new QPushButton{QStringLiteral("Cancel"), this}},
      m_save{new QPushButton{QStringLiteral("OK"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("motionDialog"));
    setWindowTitle(QStringLiteral("Watch for motion"));
    nameFields();
    layOut();
    connectParts();
    m_isOn->setFocus();
    m_still->load();
    load();
}

void MotionDialog::nameFields() {
    m_isOn->setObjectName(QStringLiteral("watchedCheckBox"));
    m_profiles->setObjectName(QStringLiteral("profilesTabWidget"));
    m_asByDay->setObjectName(QStringLiteral("asByDayPushButton"));
    m_startsRecording->setObjectName(QStringLiteral("startsRecordingCheckBox"));
    m_alarms->setObjectName(QStringLiteral("alarmsCheckBox"));
    m_message->setObjectName(QStringLiteral("motionMessageLabel"));
    m_save->setObjectName(QStringLiteral("saveMotionPushButton"));
    m_cancel->setObjectName(QStringLiteral("cancelMotionPushButton"));
}

void MotionDialog::layOut() {
    auto* heading = new QLabel{
        QStringLiteral("Watch camera %1, %2, for motion").arg(m_camera.number).arg(toQt(m_camera.name)), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(20);
    middle->addWidget(m_picture, 1);
    middle->addWidget(makeSettings());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addLayout(middle, 1);
    layout->addWidget(m_message);
    layout->addWidget(makeFoot());
    m_message->hide();
    const QSize room = parentWidget() == nullptr ? largest : parentWidget()->window()->size();
    resize(largest.boundedTo(room - QSize{roomAround, roomAround}));
}

QWidget* MotionDialog::makeSettings() {
    m_profiles->addTab(m_day, QStringLiteral("Day"));
    m_profiles->addTab(m_night, QStringLiteral("Night"));
    m_profiles->setAccessibleName(QStringLiteral("What counts"));
    theme::setButtonKind(*m_asByDay, theme::ButtonKind::Quiet);
    m_asByDay->setAutoDefault(false);
    m_night->add(*m_asByDay);
    auto* when = new QLabel{QStringLiteral("It is watched"), this};
    when->setBuddy(&m_schedule->edit());
    auto* settings = new TallPane{this};
    settings->setFixedWidth(settingsWidth);
    auto* layout = new QVBoxLayout{settings};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_isOn);
    layout->addSpacing(4);
    layout->addWidget(m_profiles);
    layout->addSpacing(4);
    layout->addWidget(when);
    layout->addWidget(m_schedule);
    layout->addSpacing(4);
    layout->addWidget(m_startsRecording);
    layout->addWidget(m_alarms);
    layout->addWidget(m_armed);
    layout->addWidget(theme::makeText(theme::LabelKind::Hint, settings,
                                      QStringLiteral("Periods of the week, as in Mon-Fri 07:00-19:00; Sat,Sun "
                                                     "22:00-04:00. A period over midnight ends on the next day.")));
    layout->addStretch();
    return settings;
}

QWidget* MotionDialog::makeFoot() {
    auto* foot = new QWidget{this};
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    m_save->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(m_cancel);
    layout->addWidget(m_save);
    return foot;
}

void MotionDialog::connectParts() {
    connect(m_still, &CameraStill::came, &m_picture->canvas(), &ZoneCanvas::setStill);
    connect(m_still, &CameraStill::failed, this, [this](const base::Error& error) {
        m_picture->canvas().setEmptyText(sentenceOf(error) +
                                         QStringLiteral(" Zones can be drawn, but not to see what is in them."));
    });
    const auto showFigures = [this] { m_picture->setLeastHeight(profile().profile().leastHeight); };
    connect(m_day, &MotionProfilePane::changed, this, showFigures);
    connect(m_night, &MotionProfilePane::changed, this, showFigures);
    connect(m_profiles, &QTabWidget::currentChanged, this, showFigures);
    connect(m_picture, &MotionPicture::leastHeightDragged, this,
            [this](const analytics::LeastHeight& leastHeight) { profile().setLeastHeight(leastHeight); });
    connect(m_asByDay, &QPushButton::clicked, this, [this] { m_night->setProfile(m_day->profile()); });
    connect(m_picture, &MotionPicture::changed, this, &MotionDialog::showState);
    connect(m_alarms, &QCheckBox::toggled, this, &MotionDialog::showState);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &MotionDialog::save);
}

void MotionDialog::load() {
    showPlan({});
    showState();
    m_worker.run([&database = m_context.database, id = m_camera.id] { return analytics::MotionPlans{database}.of(id); },
                 [this](const base::Result<std::optional<MotionPlan>>& stored) { take(stored); });
}

void MotionDialog::take(const base::Result<std::optional<MotionPlan>>& stored) {
    if (stored) {
        showPlan(stored->value_or(MotionPlan{}));
    } else {
        const QString consequence = stored.error().code == base::ErrorCode::Damaged
                                        ? QStringLiteral(" What you save takes its place.")
                                        : QString{};
        showMessage(sentenceOf(stored.error()) + consequence);
    }
    m_isLoaded = stored || stored.error().code == base::ErrorCode::Damaged;
    showState();
}

void MotionDialog::showPlan(const MotionPlan& plan) {
    m_isOn->setChecked(plan.isOn);
    m_picture->setZones(plan.zones);
    m_day->setProfile(plan.day);
    m_night->setProfile(plan.night);
    m_schedule->setSchedule(plan.schedule);
    m_startsRecording->setChecked(plan.startsRecording);
    m_alarms->setChecked(!plan.armed.isEmpty());
    m_armed->setSchedule(plan.armed);
    m_picture->setLeastHeight(profile().profile().leastHeight);
}

void MotionDialog::showState() {
    m_armed->setEnabled(m_alarms->isChecked());
    m_save->setEnabled(m_isLoaded && !m_isSaving && m_picture->isSound());
}

void MotionDialog::showMessage(const QString& text) {
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

MotionProfilePane& MotionDialog::profile() const {
    return m_profiles->currentWidget() == m_night ? *m_night : *m_day;
}

std::optional<MotionPlan> MotionDialog::planShown() const {
    const auto schedule = m_schedule->schedule();
    const auto armed = m_alarms->isChecked() ? m_armed->schedule() : base::WeeklySchedule{};
    const bool isNeverArmed = m_alarms->isChecked() && armed && armed->isEmpty();
    if (isNeverArmed) {
        m_armed->showProblem(QStringLiteral("Say when it is armed, as in Mon-Fri 19:00-07:00."));
    }
    if (!schedule || !armed || isNeverArmed) {
        (schedule ? m_armed : m_schedule)->setFocus();
        return std::nullopt;
    }
    return MotionPlan{m_isOn->isChecked(),
                      m_picture->zones(),
                      m_day->profile(),
                      m_night->profile(),
                      *schedule,
                      m_startsRecording->isChecked(),
                      *armed};
}

void MotionDialog::save() {
    const auto plan = planShown();
    if (!plan) {
        return;
    }
    m_isSaving = true;
    showMessage({});
    showState();
    m_worker.run([&database = m_context.database, acting = m_context.acting, camera = m_camera,
                  plan = *plan] { return analytics::MotionPlans{database}.set(acting, {camera}, plan); },
                 [this](const base::Result<void>& saved) {
                     m_isSaving = false;
                     showState();
                     if (saved) {
                         accept();
                     } else {
                         showMessage(textOf(saved.error()));
                     }
                 });
}

}  // namespace leedswatch::ui
