#include "ui/motion/motion_alarm_band.h"

#include "base/local_time.h"
#include "ui/cameras/camera_directory.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <chrono>
#include <set>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto lookedBack = 4h;
constexpr auto beforeIt = 5s;
/// Every event of the estate wakes the listener, alarm or not.
constexpr auto readAtMostEvery = 500ms;

const estate::Camera* cameraOf(const CameraDirectory& directory, estate::CameraId id) {
    const auto& cameras = directory.cameras();
    const auto found = std::ranges::find(cameras, id, &estate::Camera::id);
    return found == cameras.end() ? nullptr : &*found;
}

}  // namespace

MotionAlarmBand::MotionAlarmBand(ConsoleContext& context, const CameraDirectory& directory, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_directory{directory},
      m_feed{context.feed, {"motion_events"}, this},
      m_what{new QLabel{this}},
      m_others{new QLabel{this}},
      m_live{new QPushButton{QStringLiteral("Show it live"), this}},
      m_recording{new QPushButton{QStringLiteral("Play it"), this}},
      m_seen{new QPushButton{QStringLiteral("Seen"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("motionAlarmBand"));
    layOut();
    hide();
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &MotionAlarmBand::read);
    connect(&m_feed, &FeedListener::changed, this, [this] {
        if (!m_soon.isActive()) {
            m_soon.start(readAtMostEvery);
        }
    });
    connect(&directory, &CameraDirectory::camerasChanged, this, &MotionAlarmBand::showNewest);
    connect(m_live, &QPushButton::clicked, this, [this] { Q_EMIT liveRequested(m_camera); });
    connect(m_recording, &QPushButton::clicked, this,
            [this] { Q_EMIT recordingRequested(m_camera, m_shown->from - beforeIt); });
    connect(m_seen, &QPushButton::clicked, this, [this] {
        m_seenTo[m_shown->camera] = m_shown->id;
        showNewest();
    });
    read();
}

void MotionAlarmBand::layOut() {
    m_what->setObjectName(QStringLiteral("motionAlarmLabel"));
    m_what->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    m_what->setStyleSheet(QStringLiteral("color: %1").arg(palette::red.name()));
    m_others->setObjectName(QStringLiteral("otherAlarmsLabel"));
    theme::setLabelKind(*m_others, theme::LabelKind::Dim);
    m_live->setObjectName(QStringLiteral("alarmLivePushButton"));
    m_recording->setObjectName(QStringLiteral("alarmRecordingPushButton"));
    m_seen->setObjectName(QStringLiteral("alarmSeenPushButton"));
    m_live->setVisible(access::mayDo(m_context.acting.role, access::Right::WatchLive));
    m_recording->setVisible(access::mayDo(m_context.acting.role, access::Right::PlayRecorded));
    auto* mark = new QWidget{this};
    mark->setFixedWidth(6);
    mark->setStyleSheet(QStringLiteral("background: %1").arg(palette::red.name()));
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 16, 0);
    layout->setSpacing(14);
    layout->addWidget(mark);
    layout->addWidget(m_what);
    layout->addWidget(m_others, 1);
    for (QPushButton* button : {m_live, m_recording, m_seen}) {
        // A digit that is typed next is a call-up's.
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    setMinimumHeight(44);
}

void MotionAlarmBand::read() {
    m_worker.run(
        [&context = m_context] {
            const base::UtcTime now = context.clock.now();
            return analytics::MotionJournal{context.database}.alarms(now - lookedBack, now + 1s);
        },
        [this](base::Result<Alarms> alarms) {
            if (alarms) {  // the status bar tells when the store cannot be read; what was known stays
                m_alarms = std::move(*alarms);
                std::ranges::sort(m_alarms, std::ranges::greater{}, &analytics::RecordedMotion::id);
                showNewest();
            }
        });
}

bool MotionAlarmBand::isSeen(const analytics::RecordedMotion& alarm) const {
    const auto seen = m_seenTo.find(alarm.camera);
    return (seen != m_seenTo.end() && alarm.id <= seen->second) || cameraOf(m_directory, alarm.camera) == nullptr;
}

void MotionAlarmBand::showNewest() {
    const auto newest = std::ranges::find_if(m_alarms, [this](const auto& alarm) { return !isSeen(alarm); });
    m_shown = newest == m_alarms.end() ? std::nullopt : std::optional{*newest};
    setVisible(m_shown.has_value());
    if (!m_shown) {
        return;
    }
    const estate::Camera& camera = *cameraOf(m_directory, m_shown->camera);
    m_camera = camera.number;
    m_what->setText(QStringLiteral("Camera %1 %2: something moved while armed, %3")
                        .arg(camera.number)
                        .arg(toQt(camera.name), toQt(base::formatLocalTimeOfDay(m_shown->from))));
    m_others->setText(otherCameras());
}

QString MotionAlarmBand::otherCameras() const {
    std::set<estate::CameraId> others;
    for (const analytics::RecordedMotion& alarm : m_alarms) {
        if (alarm.camera != m_shown->camera && !isSeen(alarm)) {
            others.insert(alarm.camera);
        }
    }
    switch (others.size()) {
        case 0: return {};
        case 1: return QStringLiteral("and at 1 other camera");
        default: return QStringLiteral("and at %1 other cameras").arg(others.size());
    }
}

}  // namespace leedswatch::ui
