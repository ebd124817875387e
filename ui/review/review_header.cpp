#include "ui/review/review_header.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"
#include "ui/review/review_commands.h"

#include <QDate>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {
namespace {

QString dateText(base::UtcTime time) {
    const QDate date = QDate::fromString(toQt(base::formatLocal(time)).left(10), Qt::ISODate);
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.toString(date, QStringLiteral("ddd d MMM yyyy"));
}

}  // namespace

ReviewHeader::ReviewHeader(const ReviewCommands& commands, QWidget* parent)
    : QWidget{parent},
      m_camera{new QLabel{this}},
      m_site{new QLabel{this}},
      m_time{new QLabel{this}},
      m_date{new QLabel{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(16);
    layout->addLayout(layOutNames(), 1);
    layout->addLayout(layOutTimes());
    auto* close = new QToolButton{this};
    close->setDefaultAction(&commands.action(ReviewCommand::Close));
    close->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    layout->addWidget(close, 0, Qt::AlignTop);
    showTime(std::nullopt);
}

QVBoxLayout* ReviewHeader::layOutNames() {
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    m_camera->setObjectName(QStringLiteral("reviewCameraLabel"));
    m_camera->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    theme::setLabelKind(*m_camera, theme::LabelKind::Title);
    m_site->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    theme::setLabelKind(*m_site, theme::LabelKind::Dim);
    names->addWidget(m_camera);
    names->addWidget(m_site);
    return names;
}

QVBoxLayout* ReviewHeader::layOutTimes() {
    auto* times = new QVBoxLayout;
    times->setSpacing(0);
    m_time->setObjectName(QStringLiteral("reviewTimeLabel"));
    m_time->setFont(theme::numbers(24, QFont::DemiBold));
    m_time->setAlignment(Qt::AlignRight);
    m_date->setObjectName(QStringLiteral("reviewDateLabel"));
    m_date->setAlignment(Qt::AlignRight);
    theme::setLabelKind(*m_date, theme::LabelKind::Dim);
    times->addWidget(m_time);
    times->addWidget(m_date);
    return times;
}

void ReviewHeader::showNumber(int cameraNumber) {
    m_camera->setText(QStringLiteral("Camera %1").arg(cameraNumber));
    m_site->clear();
}

void ReviewHeader::showCamera(const estate::Camera& camera) {
    m_camera->setText(QStringLiteral("%1  %2").arg(camera.number).arg(toQt(camera.name)));
    m_camera->setToolTip(m_camera->text());
    m_site->setText(toQt(camera.site));
}

void ReviewHeader::showTime(std::optional<base::UtcTime> time) {
    m_time->setText(time ? instantText(*time) : QStringLiteral("–"));
    m_date->setText(time ? dateText(*time) : QString{});
}

}  // namespace leedswatch::ui
