#include "ui/motion/motion_profile_pane.h"

#include "ui/common/theme.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

namespace leedswatch::ui {

namespace {

constexpr double perCent = 100;  // ten-thousandths
constexpr double leastHeightInPerCent = 0.5;
constexpr int fieldWidth = 88;

QLabel* makeLabel(const QString& text, QWidget* field, QWidget* parent) {
    auto* label = new QLabel{text, parent};
    label->setBuddy(field);
    return label;
}

}  // namespace

MotionProfilePane::MotionProfilePane(const QString& name, const QString& when, QWidget* parent)
    : QWidget{parent},
      m_slider{new QSlider{Qt::Horizontal, this}},
      m_sensitivity{new QSpinBox{this}},
      m_near{makeHeight(name + QStringLiteral("Near"), QStringLiteral("Least height at the bottom"))},
      m_far{makeHeight(name + QStringLiteral("Far"), QStringLiteral("Least height at the top"))},
      m_layout{new QVBoxLayout{this}} {
    m_slider->setObjectName(name + QStringLiteral("SensitivitySlider"));
    m_sensitivity->setObjectName(name + QStringLiteral("SensitivitySpinBox"));
    m_slider->setRange(analytics::leastSensitivity, analytics::mostSensitivity);
    m_sensitivity->setRange(analytics::leastSensitivity, analytics::mostSensitivity);
    m_sensitivity->setFixedWidth(fieldWidth);
    m_slider->setAccessibleName(QStringLiteral("Sensitivity"));
    connect(m_slider, &QSlider::valueChanged, m_sensitivity, &QSpinBox::setValue);
    connect(m_sensitivity, &QSpinBox::valueChanged, m_slider, &QSlider::setValue);
    connect(m_sensitivity, &QSpinBox::valueChanged, this, &MotionProfilePane::changed);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeLabel(QStringLiteral("Sensitivity"), m_sensitivity, this), 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_sensitivity, 0, 2);
    grid->addWidget(makeLabel(QStringLiteral("Least height, near"), m_near, this), 1, 0, 1, 2);
    grid->addWidget(m_near, 1, 2);
    grid->addWidget(makeLabel(QStringLiteral("Least height, far away"), m_far, this), 2, 0, 1, 2);
    grid->addWidget(m_far, 2, 2);
    m_layout->setContentsMargins(12, 12, 12, 12);
    m_layout->setSpacing(8);
    m_layout->addWidget(theme::makeText(theme::LabelKind::Hint, this, when));
    m_layout->addLayout(grid);
    m_layout->addStretch();
    setTabOrder(m_slider, m_sensitivity);
    setTabOrder(m_sensitivity, m_near);
    setTabOrder(m_near, m_far);
}

QDoubleSpinBox* MotionProfilePane::makeHeight(const QString& name, const QString& what) {
    auto* height = new QDoubleSpinBox{this};
    height->setObjectName(name + QStringLiteral("DoubleSpinBox"));
    height->setAccessibleName(what);
    height->setToolTip(what + QStringLiteral(" of the picture, in per cent of its height"));
    height->setRange(leastHeightInPerCent, 100);
    height->setDecimals(2);
    height->setSingleStep(leastHeightInPerCent);
    height->setSuffix(QStringLiteral(" %"));
    height->setFixedWidth(fieldWidth);
    connect(height, &QDoubleSpinBox::valueChanged, this, &MotionProfilePane::changed);
    return height;
}

void MotionProfilePane::add(QWidget& widget) {
    m_layout->insertWidget(m_layout->count() - 1, &widget, 0, Qt::AlignLeft);
}

void MotionProfilePane::setProfile(const analytics::MotionPlan::Profile& profile) {
    m_sensitivity->setValue(profile.sensitivity);
    setLeastHeight(profile.leastHeight);
}

void MotionProfilePane::setLeastHeight(const analytics::LeastHeight& leastHeight) {
    m_near->setValue(leastHeight.atBottom / perCent);
    m_far->setValue(leastHeight.atTop / perCent);
}

analytics::MotionPlan::Profile MotionProfilePane::profile() const {
    const auto inTenThousandths = [](const QDoubleSpinBox& box) {
        return static_cast<int>(std::lround(box.value() * perCent));
    };
    return {m_sensitivity->value(), {inTenThousandths(*m_far), inTenThousandths(*m_near)}};
}

}  // namespace leedswatch::ui
